// The row of tools above the reply box: canned replies, 请您稍等, private notes, files.

import { element, setText } from "../shared/dom.js";

/** @param {{canned: () => void, hold: () => void, note: (on: boolean) => void}} actions */
export function createTools({ canned, hold, note }) {
  const tool = (text, shortcut, onclick) => element("button", { class: "phrase", type: "button", text, "aria-keyshortcuts": shortcut, title: shortcut, onclick });
  const holdButton = tool("请您稍等", "Alt+S", hold);
  const noteButton = tool("备注", "Alt+B", () => note(noteButton.getAttribute("aria-pressed") !== "true"));
  const attachButton = tool("图片/文件", "Alt+P", () => {});
  const node = element("div", { class: "phrases", role: "group", "aria-label": "回复工具" }, tool("常用语", "/", canned), holdButton, noteButton, attachButton);
  noteButton.setAttribute("aria-pressed", "false");

  return {
    node,
    attachButton,

    /** `held`: the customer was asked to wait, and the agent has not come back. */
    showHold(held) {
      holdButton.disabled = held;
      setText(holdButton, held ? "已请客户稍等" : "请您稍等");
    },

    showNote(on) {
      noteButton.setAttribute("aria-pressed", String(on));
      attachButton.disabled = on; // a note is words
    },
  };
}
