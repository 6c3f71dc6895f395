// 排班: who works in which shift of the coming week; the lead plans, everybody reads.

import { element, setText } from "../shared/dom.js";
import { isLead } from "./visibility.js";
import { personText } from "./words.js";

const WEEKDAYS = "日一二三四五六";

/** @param {{store: object, leadApi: object}} parts */
export function createRosterTab({ store, leadApi }) {
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const first = element("input", { type: "date", "aria-label": "从哪天起", onchange: load });
  const table = element("table", { class: "table roster" });
  const hint = element("p", { class: "soft", text: "在岗不得少于两人；只有一人的班次会标出。" });
  const node = element("div", {}, element("div", { class: "lead-bar" }, element("label", { class: "day" }, element("span", { text: "从" }), first)), hint, error, table);

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  async function load() {
    try {
      draw(await leadApi.roster(first.value));
      fail("");
    } catch (problem) {
      fail(problem.message);
    }
  }

  function draw({ first: begin, days, shifts, duties }) {
    if (!first.value) first.value = begin;
    const planned = new Map(duties.map(({ day, shift, staff_ids }) => [`${day} ${shift}`, staff_ids]));
    const head = element("tr", {}, element("th", { scope: "col", text: "日期" }), ...shifts.map(({ name, hours }) => element("th", { scope: "col", text: `${name} ${hours}` })));
    const rows = Array.from({ length: days }, (_, offset) => dayAfter(begin, offset)).map((day) =>
      element("tr", {}, element("th", { scope: "row", text: dayText(day) }), ...shifts.map(({ name }) => cell(day, name, planned.get(`${day} ${name}`) ?? []))),
    );
    table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
  }

  function cell(day, shift, staffIds) {
    const alone = staffIds.length === 1 ? element("span", { class: "alone", text: "只有一人" }) : null;
    if (!isLead(store.state.me)) return element("td", {}, element("span", { text: staffIds.map(nameOf).join("、") || "—" }), alone);
    const input = element("input", { type: "text", value: staffIds.join(" "), "aria-label": `${dayText(day)}${shift}的工号，用空格分开`, placeholder: "工号，用空格分开" });
    input.addEventListener("change", () => plan({ day, shift, staff_ids: input.value.split(/[\s,，、]+/).filter(Boolean) }));
    return element("td", {}, input, alone);
  }

  async function plan(duty) {
    try {
      await leadApi.plan(duty);
      await load();
    } catch (problem) {
      fail(Object.values(problem.fields ?? {})[0] ?? problem.message);
    }
  }

  const nameOf = (id) => personText(store.state.staff.get(id) ?? { staff_id: id, name: "" });

  return { key: "roster", label: "排班", leadOnly: false, node, open: load };
}

/** Days are dates of the company's calendar, whatever the zone of this page. */
function dayAfter(day, offset) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + offset);
  return date.toISOString().slice(0, 10);
}

function dayText(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日 周${WEEKDAYS[date.getUTCDay()]}`;
}
