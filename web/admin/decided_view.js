// What has been labelled or rejected: who did it and when, and a way to take it back.

import { browserClock } from "../shared/clock.js";
import { element, setText } from "../shared/dom.js";
import { headOf, rowOf } from "../shared/table.js";
import { momentWords } from "../shared/times.js";

const STATES = { accepted: "已标注", rejected: "不用于训练" };

/** @param {{request: Function, undone: () => void}} parts */
export function createDecidedView({ request, undone }) {
  const body = element("tbody", {});
  const news = element("p", { role: "status", class: "soft" });
  const choice = element("select", { onchange: () => load() }, ...Object.entries(STATES).map(([value, text]) => element("option", { value, text })));
  const table = element("table", { class: "decided-table" }, headOf(["消息", "意图", "工号", "时间", "备注", "操作"]), body);
  const node = element("section", { class: "panel", "aria-label": "已处理的消息", hidden: true }, element("label", { class: "field picker" }, element("span", { text: "显示" }), choice), news, element("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "已处理的消息列表" }, table));

  async function load() {
    try {
      const { items } = await request("GET", `/training/review/decided?state=${choice.value}`);
      body.replaceChildren(...items.filter(({ folded_into }) => !folded_into).map(row));
      setText(news, items.length ? "" : "还没有。");
    } catch (error) {
      setText(news, error.message);
    }
  }

  function row(item) {
    const undo = item.in_examples ? "已写入训练数据" : element("button", { class: "button", type: "button", text: "撤销", "aria-label": `撤销：${item.text}`, onclick: () => takeBack(item) });
    const cells = [item.text, meaning(item), item.decided_by, momentWords(item.decided_at, browserClock.now()), item.note || "—"];
    return rowOf(cells, undo);
  }

  /** A message that was taken apart teaches several things. */
  function meaning({ label, examples }) {
    const marked = examples.some(({ entities }) => entities.length) ? "（有标记）" : "";
    if (examples.length > 1) return `拆成 ${examples.length} 句：${examples.map((one) => `${one.text}→${one.label}`).join("；")}${marked}`;
    return (label ?? "—") + marked;
  }

  async function takeBack({ id, version, text }) {
    try {
      await request("POST", `/training/review/${encodeURIComponent(id)}/undo`, { version });
      await load();
      setText(news, `已撤销：${text}`);
      undone();
    } catch (error) {
      await load();
      setText(news, error.message);
    }
  }

  return { node, load };
}
