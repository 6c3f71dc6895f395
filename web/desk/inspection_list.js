// A table of published inspections; one of them is opened.

import { element } from "../shared/dom.js";
import { headOf, rowOf } from "../shared/table.js";
import { ORIGINS, scoreText, stageText } from "./inspection_words.js";
import { personText, timeText } from "./words.js";

const COLUMNS = ["会话结束", "坐席", "报修类型", "来源", "状态", "得分", ""];

/** @param {{clock: object, store: object, title: string, open: (conversationId: string) => void}} parts */
export function createInspectionList({ clock, store, title, open }) {
  const body = element("tbody");
  const table = element("table", { class: "table inspections" }, element("caption", { text: title }), headOf(COLUMNS), body);
  const node = element("div", { class: "wide-table", tabindex: "0", role: "region", "aria-label": title }, table);
  let last = null;

  function row(inspection) {
    const { conversation_id, staff_id, closed_at, category, origin } = inspection;
    const time = timeText(closed_at, clock.now());
    const person = personText(store.state.staff.get(staff_id) ?? { staff_id, name: "" });
    const cells = [time, person, category || "未填", ORIGINS[origin], stageText(inspection), scoreText(inspection)];
    const look = element("button", { class: "button", type: "button", text: "查看", "aria-label": `查看 ${time} 结束的会话的质检`, "data-id": conversation_id, onclick: () => ((last = conversation_id), open(conversation_id)) });
    return rowOf(cells, look);
  }

  return {
    node,
    draw: (inspections) => body.replaceChildren(...inspections.map(row)),
    /** Back where one came from. */
    focus: () => [...body.querySelectorAll("[data-id]")].find(({ dataset }) => dataset.id === last)?.focus(),
  };
}
