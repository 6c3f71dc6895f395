// Why a message was pointed out: optional, for the administrator who looks at it.

import { element, setText } from "../shared/dom.js";

/** @param {{text: string, save: (reason: string) => Promise<void>}} parts shown at once; gone when it is closed */
export function createReasonDialog({ text, save }) {
  const input = element("textarea", { rows: "2", maxlength: "200", placeholder: "例如：用户是要过户，不是开户" });
  const wrong = element("p", { class: "error-box", role: "alert", hidden: true });
  const no = element("button", { class: "button", type: "button", text: "取消", onclick: () => dialog.close() });
  const yes = element("button", { class: "button primary", type: "submit", text: "保存" });
  const field = element("label", { class: "field" }, element("span", { text: "助手错在哪里？用户想办什么？" }), input);
  const form = element("form", { method: "dialog" }, element("h2", { id: "flag-title", text: "已标记，补充原因" }), element("p", { class: "dialog-lead", text: `“${text}”` }), field, wrong, element("div", { class: "dialog-buttons" }, no, yes));
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "flag-title" }, form);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await save(input.value.trim());
      dialog.close();
    } catch (error) {
      wrong.hidden = false;
      setText(wrong, error.message);
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}
