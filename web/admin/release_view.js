// Which model answers, who released which, and one click back.

import { browserClock } from "../shared/clock.js";
import { element, setText } from "../shared/dom.js";
import { momentWords } from "../shared/times.js";
import { createAct } from "./acting.js";
import { createCanaryView } from "./canary_view.js";
import { RELEASE_STATES, UNDER_WAY, modelName } from "./models_words.js";
import { askReason } from "./reason_dialog.js";

/** @param {{request: Function, changed: () => void}} parts */
export function createReleaseView({ request, changed }) {
  const live = element("p", { class: "live-model", role: "status" });
  const news = element("p", { role: "status" });
  const back = element("button", { class: "button danger", type: "button", text: "回退到上一个模型", hidden: true, onclick: rollBack });
  const canaryView = createCanaryView({ decide });
  const past = element("ul", { class: "history", "aria-label": "发布记录" });
  const node = element("section", { class: "panel", "aria-labelledby": "release-title" }, element("h2", { id: "release-title", text: "正在使用的模型和发布记录" }), live, canaryView.node, element("p", {}, back), news, past);
  const act = createAct({ news, load, changed });
  let before = "";

  async function load() {
    const { releases, live: file, canary } = await request("GET", "/training/releases");
    const under_way = releases.find(({ state }) => UNDER_WAY.has(state));
    const last = releases.find(({ state, model, rollback }) => state === "live" && model === file && !rollback);
    setText(live, under_way ? `正在使用：${modelName(file)}；${RELEASE_STATES[under_way.state]}：${modelName(under_way.model)}` : `正在使用：${modelName(file)}`);
    before = last?.before ?? "";
    back.hidden = !before || Boolean(canary);
    canaryView.show(canary);
    back.disabled = Boolean(under_way);
    past.replaceChildren(...(releases.length ? releases.map(entry) : [element("li", { class: "soft", text: "还没有发布过。" })]));
  }

  function entry({ at, staff_id, state, model, rollback, share, reason, ended_by, end_reason, problem }) {
    const what = `${momentWords(at, browserClock.now())}　工号 ${staff_id}　${rollback ? "回退到" : share < 100 ? `试用（${share}%）` : "发布"}模型 ${modelName(model)}　${RELEASE_STATES[state]}`;
    const decided = ended_by && `由工号 ${ended_by} 决定${end_reason ? `：${end_reason}` : ""}`;
    return element("li", {}, element("span", { text: [what, reason && `说明：${reason}`, decided, problem].filter(Boolean).join("　") }));
  }

  async function rollBack() {
    const words = [`将换回模型 ${modelName(before)}。用户不会感到中断。`, "训练数据不会改变；如果例句有问题，请在“第一步”里撤回那次变更。"];
    const reason = await askReason({ title: "回退到上一个模型", words, button: "回退", required: false });
    if (reason !== null) await decide("rollback", reason, "已开始回退。");
  }

  function decide(path, reason, told) {
    return act(() => request("POST", `/training/releases/${path}`, { reason }), told);
  }

  return { node, load };
}
