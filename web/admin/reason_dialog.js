// Asks before something that many customers will notice; with a reason where one is due.

import { element } from "../shared/dom.js";

/**
 * `reason`: false where none is asked for; `more`: further fields, to be read by who asks.
 * @returns {Promise<string | null>} the reason ("" if none is wanted and none was given); null: called off
 */
export function askReason({ title, words, button, required, reason = true, more = [] }) {
  const input = element("textarea", { rows: "3", maxlength: "500", required, "aria-required": String(required) });
  const no = element("button", { class: "button", type: "button", text: "取消", onclick: () => dialog.close("") });
  const yes = element("button", { class: "button primary", type: "submit", text: button });
  const heading = element("h2", { id: "reason-title", text: title });
  const field = element("label", { class: "field" }, element("span", { text: required ? "理由（必填）" : "说明（可不填）" }), input);
  const form = element("form", { method: "dialog" }, heading, ...words.map((text) => element("p", { text })), ...more, reason ? field : null, element("div", { class: "dialog-buttons" }, no, yes));
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "reason-title" }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = null;
    form.addEventListener("submit", () => (answer = input.value.trim()));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    dialog.showModal();
    (reason ? input : no).focus();
  });
}
