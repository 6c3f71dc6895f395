// 超时记录: the breaches of some days, each with its evidence, and the whole as a table for a spreadsheet.

import { element, setText } from "../shared/dom.js";
import { durationText } from "../shared/duration.js";
import { headOf, rowOf } from "../shared/table.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createLatest } from "./latest.js";
import { timeText } from "./words.js";

const KINDS = { message: "消息", prompt: "等待提示", warning: "超时预警", breach: "超时", move: "转移", fact: "经过" };
const COLUMNS = ["编号", "时间", "类型", "工号", "等待", "转给", ""];

/** @param {{clock: object, leadApi: object}} parts */
export function createBreachesTab({ clock, leadApi }) {
  const days = createDayRange(load);
  const table = element("a", { class: "button", text: "导出 CSV", download: "" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const count = element("p", { class: "soft", role: "status" });
  const body = element("tbody");
  const list = element("table", { class: "table" }, headOf(COLUMNS), body);
  const title = element("h3", { tabindex: "-1" });
  const lines = element("ol", { class: "evidence" });
  const detail = element("section", { class: "breach-detail", hidden: true }, title, lines);
  const node = element("div", {}, element("div", { class: "lead-bar" }, ...days.nodes, table, count), error, list, detail);
  const books = createLatest();

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  function load() {
    const query = queryOf(days.values());
    table.href = `/api/breach-book/table.csv${query ? `?${query}` : ""}`;
    detail.hidden = true;
    return books.ask(
      () => leadApi.breachBook(query),
      draw,
      (problem) => fail(problem.message),
    );
  }

  function draw({ breaches }) {
    body.replaceChildren(...breaches.map(row));
    setText(count, breaches.length ? `共 ${breaches.length} 次` : "没有超时");
    fail("");
  }

  function row({ number, at, promise, staff_id, waited_seconds, moved_to }) {
    const time = timeText(at, clock.now());
    const cells = [String(number), time, promise === "queue" ? "排队超时" : "回复超时", staff_id ?? "—", durationText(Math.round(waited_seconds)), moved_to ?? "—"];
    const look = element("button", { class: "button", type: "button", text: "经过", "aria-label": `编号 ${number} 的经过`, onclick: () => show(number) });
    return rowOf(cells, look);
  }

  async function show(number) {
    try {
      const { lines: told, prompts, answered_at } = await leadApi.breach(number);
      const answered = answered_at ? `${timeText(answered_at, clock.now())} 人工答复` : "之后没有人工答复";
      setText(title, `编号 ${number} 的经过：等待提示 ${prompts} 次，${answered}`);
      lines.replaceChildren(...told.map(line));
      detail.hidden = false;
      title.focus();
      fail("");
    } catch (problem) {
      fail(problem.message);
    }
  }

  function line({ at, kind, who, text }) {
    return element("li", { "data-kind": kind }, element("time", { datetime: at, text: timeText(at, clock.now()) }), element("b", { text: who || KINDS[kind] }), element("span", { text }));
  }

  return { key: "breaches", label: "超时记录", leadOnly: true, node, open: load };
}
