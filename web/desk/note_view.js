// One private note of the thread: whose, when, and that the customer does not see it.

import { element, setText } from "../shared/dom.js";
import { timeText } from "./words.js";

/** Item: {key, note, me, now: Date}. */
export function createNoteRow() {
  const name = element("span", { class: "name" });
  const time = element("time");
  const text = element("p", { class: "text" });
  const node = element("li", { class: "message note" }, element("p", { class: "head" }, name, time), text);
  return {
    node,
    draw({ note, me, now }) {
      setText(name, `${note.staff_id === me ? "我" : `工号 ${note.staff_id}`}的备注 · 客户看不到`);
      setText(time, timeText(note.at, now));
      time.dateTime = note.at ?? "";
      setText(text, note.text);
    },
  };
}

/** Messages and notes in the order of time; both come in their own order. */
export function between(messages, notes) {
  const items = [];
  let next = 0;
  for (const item of messages) {
    while (next < notes.length && notes[next].note.at < item.message.at) items.push(notes[next++]);
    items.push(item);
  }
  return [...items, ...notes.slice(next)];
}
