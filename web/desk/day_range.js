// From one day to another, as the leads' lists are narrowed.

import { element } from "../shared/dom.js";

/** @param {() => void} changed */
export function createDayRange(changed) {
  const fields = ["从", "到"].map((label) => ({ label, input: element("input", { type: "date", onchange: changed }) }));
  const [first, last] = fields.map(({ input }) => input);
  return {
    nodes: fields.map(({ label, input }) => element("label", { class: "day" }, element("span", { text: label }), input)),
    values: () => ({ first: first.value, last: last.value }),
  };
}

/** What is filled in, as a query. */
export function queryOf(values) {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
}
