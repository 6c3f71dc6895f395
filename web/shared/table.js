// Tables of the staff's pages: a head for every column, and one for every row.

import { element } from "./dom.js";

/** @param {string[]} columns */
export function headOf(columns) {
  return element("thead", {}, element("tr", {}, ...columns.map((text) => element("th", { scope: "col", text }))));
}

/**
 * @param {string[]} words those of the first column are the row's head
 * @param {...(Node | string)} last what is in its last columns, if not words alone
 */
export function rowOf([head, ...words], ...last) {
  const cells = [...words.map((text) => element("td", { text })), ...last.map((content) => element("td", {}, content))];
  return element("tr", {}, element("th", { scope: "row", text: head }), ...cells);
}
