// The agent compares what the customer stated with the records; he learns whether it agrees, not what they hold.

import { element, setText } from "../shared/dom.js";

const STATED = { number: "户号", address: "地址", phone: "联系电话", holder: "户主姓名" };
const AGREES = "一致，已核对。";
const DIFFERS = "不一致。请向用户再确认一次，不要告诉他记录里的内容。";

/** @param {{verify: (stated: object) => Promise<boolean>}} parts */
export function createVerifyForm({ verify }) {
  const inputs = Object.entries(STATED).map(([name, label]) => element("input", { name, maxlength: "120", autocomplete: "off", "aria-label": `用户说的${label}`, placeholder: label }));
  const outcome = element("p", { class: "outcome", role: "status" });
  const submit = element("button", { class: "button", type: "submit", text: "核对" });
  const form = element("form", { class: "verify", onsubmit: check }, element("p", { class: "soft", text: "填写用户自己说的内容：户号或地址，再加一项。" }), ...inputs, submit, outcome);
  const node = element("details", { hidden: true }, element("summary", { text: "核对户号" }), form);

  async function check(event) {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    setText(outcome, "正在核对…");
    try {
      const agrees = await verify(Object.fromEntries(inputs.filter(({ value }) => value.trim()).map(({ name, value }) => [name, value.trim()])));
      setText(outcome, agrees ? AGREES : DIFFERS);
      if (agrees) for (const input of inputs) input.value = "";
    } catch (error) {
      setText(outcome, error.message);
    } finally {
      submit.disabled = false;
    }
  }

  return {
    node,
    reset() {
      form.reset();
      node.open = false;
      setText(outcome, "");
    },
  };
}
