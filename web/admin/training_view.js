// Step 2: a new model is trained in the background and compared with the live one.

import { browserClock } from "../shared/clock.js";
import { element } from "../shared/dom.js";
import { momentWords } from "../shared/times.js";
import { createAct } from "./acting.js";
import { comparison } from "./comparison_view.js";
import { RUN_STATES, modelName, releasable, whyNot } from "./models_words.js";
import { askReason } from "./reason_dialog.js";

const SHARES = [["100", "全部切换到新模型"], ...[5, 10, 20, 30, 50].map((share) => [String(share), `先在 ${share}% 的新会话中试用`])];

/** @param {{request: Function, changed: () => void}} parts */
export function createTrainingView({ request, changed }) {
  const news = element("p", { role: "status" });
  const start = element("button", { class: "button primary", type: "button", text: "开始训练", onclick: () => post("/training/runs", "训练已开始，您可以离开本页，完成后再来查看。") });
  const body = element("div", { class: "stack" });
  const past = element("ul", { class: "history", "aria-label": "训练记录" });
  const hint = element("p", { class: "soft", text: "训练在后台进行，不影响正在接待的用户；一般需要几分钟。" });
  const node = element("section", { class: "panel", "aria-labelledby": "train-title" }, element("h2", { id: "train-title", text: "第二步　训练新模型并比较" }), hint, element("p", {}, start), news, body, element("details", {}, element("summary", { text: "以前的训练" }), past));
  const act = createAct({ news, load, changed });
  let drawn = "";

  async function load() {
    const { runs, live } = await request("GET", "/training/runs");
    start.disabled = runs[0]?.state === "running";
    past.replaceChildren(...runs.map((run) => element("li", { text: words(run) })));
    const [run] = runs;
    const key = JSON.stringify([run, live]);
    if (!run || key === drawn) return;
    const whole = await request("GET", `/training/runs/${run.id}`);
    drawn = key;
    body.replaceChildren(...latest(whole, live));
  }

  function words({ at, staff_id, state, model, problem }) {
    return `${momentWords(at, browserClock.now())}　工号 ${staff_id}　${RUN_STATES[state]}　${model ? `模型 ${modelName(model)}` : problem}`;
  }

  function latest({ run, comparison: compared, log }, live) {
    const whole = element("details", {}, element("summary", { text: "训练日志（给技术人员）" }), element("pre", { class: "diff", tabindex: "0", text: log.join("\n") || "还没有。" }));
    if (run.state === "running") return [...progress(run), whole];
    const ended = element("p", { class: run.state === "ready" ? "good" : "bad", text: run.state === "ready" ? `训练完成：模型 ${modelName(run.model)}` : `${RUN_STATES[run.state]}。${run.problem}` });
    return compared ? [ended, ...comparison(compared, run.id), ...release(run, live), whole] : [ended, whole];
  }

  function progress({ id, progress: { step, steps, doing } }) {
    const label = `${doing}（第 ${step} 步，共 ${steps} 步）`;
    return [
      element("label", { class: "progress" }, element("span", { text: label }), element("progress", { max: String(steps), value: String(step) })),
      element("p", {}, element("button", { class: "button", type: "button", text: "取消训练", onclick: () => post(`/training/runs/${id}/cancel`, "训练已取消，正在使用的模型没有变化。") })),
    ];
  }

  function release(run, live) {
    const may = releasable(run, live);
    if (may === "no") return [element("p", { class: "soft", text: whyNot(run, live) })];
    return [element("h3", { text: "第三步　发布" }), element("p", {}, element("button", { class: "button primary", type: "button", text: "发布这个模型", onclick: () => confirm(run, may === "reason") }))];
  }

  async function confirm(run, required) {
    const share = element("select", {}, ...SHARES.map(([value, text]) => element("option", { value, text })));
    const how = element("label", { class: "field" }, element("span", { text: "发布方式" }), share);
    const said = ["新模型会先在旁边启动，准备好以后再切换，用户不会感到中断；正在办理的业务由旧模型办完。", "发布后如有问题，可以一键回退。"];
    const failed = run.gates.filter(({ passed }) => !passed).map(({ words: why }) => `没有通过：${why}`);
    const reason = await askReason({ title: `发布模型 ${modelName(run.model)}`, words: [...failed, ...said], button: "发布", required, more: [how] });
    if (reason !== null) await post(`/training/runs/${run.id}/release`, "已开始发布，进度见下方“发布记录”。", { reason, share: Number(share.value) });
  }

  function post(path, told, fields = {}) {
    return act(() => request("POST", path, fields), told);
  }

  return { node, load };
}
