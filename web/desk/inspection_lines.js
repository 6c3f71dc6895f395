// What was said and done, in order, with the inspector's remarks beside the messages they are about.

import { element, setText } from "../shared/dom.js";
import { LINES } from "./inspection_words.js";
import { timeText } from "./words.js";

/**
 * @param {{clock: object, lines: object[], remarks: {seq: number, text: string}[], editable: boolean, changed: () => void}} parts
 */
export function createRecordLines({ clock, lines, remarks, editable, changed }) {
  const known = new Map(remarks.map(({ seq, text }) => [seq, text]));
  const written = new Map();
  const node = element("ol", { class: "record-lines", tabindex: "0", "aria-label": "会话经过" }, ...lines.map(row));

  function row(line) {
    const time = element("time", { datetime: line.at, text: timeText(line.at, clock.now()) });
    const text = element("p", { class: "record-text", text: line.text });
    const head = element("p", { class: "record-head" }, element("b", { text: line.who || LINES[line.kind] || line.kind }), time);
    if (line.kind !== "message" && line.who) head.append(element("span", { class: "soft", text: LINES[line.kind] }));
    const remark = line.seq === null ? null : editable ? createRemark(line, head) : shownRemark(known.get(line.seq));
    return element("li", { "data-kind": line.kind, "data-speaker": line.speaker }, head, text, remark);
  }

  function createRemark({ seq, text }, head) {
    const name = `批注“${text.slice(0, 20)}”`;
    const field = element("input", { type: "text", maxlength: "300", class: "remark-field", "aria-label": name });
    field.value = known.get(seq) ?? "";
    const open = element("button", { class: "link", type: "button", text: "批注", "aria-label": name, onclick: () => (show(true), field.focus()) });
    const show = (on) => ([field.hidden, open.hidden] = [!on, on]);
    show(Boolean(field.value));
    field.addEventListener("input", changed);
    field.addEventListener("blur", () => field.value.trim() || show(false));
    written.set(seq, field);
    head.append(open);
    return field;
  }

  return { node, read: () => [...written].map(([seq, field]) => ({ seq, text: field.value.trim() })).filter(({ text }) => text) };
}

function shownRemark(text) {
  if (!text) return null;
  const node = element("p", { class: "remark-shown" });
  setText(node, `批注：${text}`);
  return node;
}
