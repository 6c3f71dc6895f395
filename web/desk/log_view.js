// 值班日志: who did what at the desk, narrowed by person, act and days; the latest first, page by page.

import { element, setText } from "../shared/dom.js";
import { headOf } from "../shared/table.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createLatest } from "./latest.js";
import { personText, timeText } from "./words.js";

const COLUMNS = ["时间", "操作人", "事项", "内容", ""];

/** @param {{clock: object, store: object, leadApi: object, openConversation: (id: string) => Promise<void>}} parts */
export function createLogTab({ clock, store, leadApi, openConversation }) {
  const days = createDayRange(load);
  const staff = element("select", { "aria-label": "人员", onchange: load }, option("", "所有人员"));
  const did = element("select", { "aria-label": "事项", onchange: load }, option("", "所有事项"));
  const status = element("p", { class: "soft", role: "status" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const body = element("tbody");
  const table = element("table", { class: "table log" }, element("caption", { class: "sr-only", text: "值班日志" }), headOf(COLUMNS), body);
  const more = element("button", { class: "button", type: "button", text: "更早的记录", hidden: true, onclick: () => fetchPage(before) });
  const node = element("div", {}, element("div", { class: "lead-bar" }, ...days.nodes, staff, did, status), error, table, more);
  const pages = createLatest();
  let before = null;

  function load() {
    return fetchPage(null);
  }

  function fetchPage(from) {
    const query = queryOf({ ...days.values(), staff_id: staff.value, did: did.value, before: from });
    return pages.ask(
      () => leadApi.deskLog(query),
      (answer) => show(answer, from === null),
      (problem) => fail(problem.message),
    );
  }

  function show({ entries, before: next, names }, anew) {
    if (did.options.length === 1) did.append(...Object.entries(names).map(([value, name]) => option(value, name)));
    const rows = entries.map((entry) => row(entry, names));
    if (anew) body.replaceChildren(...rows);
    else body.append(...rows);
    before = next;
    if (next === null && more === document.activeElement) rows[0]?.querySelector("th").focus();
    more.hidden = next === null;
    setText(status, body.rows.length ? `已显示 ${body.rows.length} 条${next === null ? "" : "，还有更早的"}` : "没有记录");
    fail("");
  }

  function row({ number, at, did: what, staff_id, conversation_id, text }, names) {
    const look = conversation_id && element("button", { class: "button", type: "button", text: "打开会话", "aria-label": `打开第 ${number} 条记录的会话`, onclick: () => lookAt(conversation_id) });
    const cells = [staff_id ? nameOf(staff_id) : "系统", names[what] ?? what, text].map((words) => element("td", { text: words }));
    return element("tr", {}, element("th", { scope: "row", tabindex: "-1", text: timeText(at, clock.now()) }), ...cells, element("td", {}, look || null));
  }

  async function lookAt(id) {
    await openConversation(id).catch((problem) => fail(problem.message));
  }

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  function open() {
    if (staff.options.length === 1) staff.append(...[...store.state.staff.values()].map((person) => option(person.staff_id, personText(person))));
    return load();
  }

  const nameOf = (id) => personText(store.state.staff.get(id) ?? { staff_id: id, name: "" });

  return { key: "log", label: "值班日志", leadOnly: true, node, open };
}

function option(value, text) {
  return element("option", { value, text });
}
