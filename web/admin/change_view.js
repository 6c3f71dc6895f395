// Step 1: what was labelled is written into the examples, after it has been seen and checked; and taken back.

import { browserClock } from "../shared/clock.js";
import { element } from "../shared/dom.js";
import { momentWords } from "../shared/times.js";
import { createAct } from "./acting.js";
import { CHANGE_STATES } from "./models_words.js";
import { askReason } from "./reason_dialog.js";

// Thousands of sentences are compared.
const PATIENCE_MS = 60_000;
const LEVELS = { stop: "必须解决", reason: "需要说明", notice: "提示" };

/** @param {{request: Function, changed: () => void}} parts */
export function createChangeView({ request, changed }) {
  const news = element("p", { role: "status" });
  const body = element("div", { class: "stack" });
  const past = element("ul", { class: "history", "aria-label": "变更记录" });
  const node = element("section", { class: "panel", "aria-labelledby": "change-title" }, element("h2", { id: "change-title", text: "第一步　写入训练数据" }), news, body, element("details", {}, element("summary", { text: "以前的变更" }), past));
  const act = createAct({ news, load, changed });

  async function load() {
    const [preview, { changes }] = await Promise.all([request("GET", "/training/change", undefined, PATIENCE_MS), request("GET", "/training/changes")]);
    body.replaceChildren(...pending(preview));
    past.replaceChildren(...(changes.length ? changes.map(entry) : [element("li", { class: "soft", text: "还没有。" })]));
  }

  function pending(preview) {
    const { additions, findings, diff, stopped } = preview;
    if (!additions.length) return [element("p", { class: "soft", text: "没有等待写入的标注。请先在“待标注”里处理消息。" })];
    const found = findings.map(({ level, text, words }) => element("li", { class: `finding ${level}` }, element("b", { text: LEVELS[level] }), text ? `“${text}”` : null, ` ${words}`));
    const list = additions.map(({ label, text }) => element("li", {}, element("b", { text: label }), `　${text}`));
    return [
      element("p", { text: `${additions.length} 条新标注等待写入：` }),
      element("ul", { class: "additions" }, ...list),
      ...(found.length ? [element("h3", { text: "检查结果" }), element("ul", { class: "findings" }, ...found)] : [element("p", { class: "good", text: "检查通过，没有发现问题。" })]),
      element("details", {}, element("summary", { text: "查看文件差异（给技术人员）" }), element("pre", { class: "diff", tabindex: "0", text: diff })),
      element("p", {}, element("button", { class: "button primary", type: "button", text: "写入训练数据", disabled: stopped, onclick: () => apply(preview) })),
      ...(stopped ? [element("p", { class: "soft", text: "请先到“待标注 → 已处理”撤销上面标出的标注，再回来写入。" })] : []),
    ];
  }

  async function apply({ token, needs_reason, additions }) {
    const words = [`将把 ${additions.length} 条例句写入训练数据。正在使用的模型不会改变，发布新模型后才生效。`];
    const reason = await askReason({ title: "写入训练数据", words, button: "写入", required: needs_reason });
    if (reason !== null) await act(() => request("POST", "/training/change", { token, reason }, PATIENCE_MS), "已写入。下一步：训练新模型。");
  }

  function entry(change) {
    const { id, state, staff_id, at, additions, edits, reason } = change;
    const done = [...edits.map(({ words }) => words), ...(additions.length ? [`${additions.length} 条例句`] : [])].join("、");
    const what = `${momentWords(at, browserClock.now())}　工号 ${staff_id}　${done}　${CHANGE_STATES[state]}`;
    const undo = state === "applied" && element("button", { class: "button", type: "button", text: "撤回", "aria-label": `撤回 ${what}`, onclick: () => revert(id) });
    const patch = element("a", { href: `/api/training/changes/${encodeURIComponent(id)}/patch`, download: `${id}.patch`, text: "补丁文件", "aria-label": `补丁文件 ${what}` });
    return element("li", {}, element("span", { text: reason ? `${what}　理由：${reason}` : what }), element("span", { class: "review-acts" }, patch, undo || null));
  }

  function revert(id) {
    return act(() => request("POST", `/training/changes/${id}/revert`, {}, PATIENCE_MS), "已撤回。例句已从训练数据中取出，可以重新处理。");
  }

  return { node, load };
}
