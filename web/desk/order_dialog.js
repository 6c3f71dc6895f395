// A new work order from the open conversation, filled in as far as it is known.

import { byId, element, setText } from "../shared/dom.js";
import { newId } from "../shared/ids.js";
import { GRADES, HANDLINGS, URGENCIES } from "./order_words.js";
import { ORDER_TYPES } from "./words.js";

/**
 * @param {object} parts
 * @param {object} parts.api see ../shared/orders_api.js
 * @param {(order: object) => void} parts.filed
 */
export function createOrderDialog({ api, filed }) {
  const dialog = byId("dialog-order");
  const form = dialog.querySelector("form");
  const { type, handling, urgency, grade, dispatch_now: now, state } = form.elements;
  const error = dialog.querySelector(".error-box");
  const submit = form.querySelector('[type="submit"]');
  let about = null; // {id, conversationId}

  for (const [box, options] of [[type, ORDER_TYPES], [handling, HANDLINGS], [urgency, URGENCIES], [grade, GRADES]]) {
    box.append(...options.map((each) => element("option", { value: each, text: each })));
  }
  form.querySelector('[value="cancel"]').addEventListener("click", () => dialog.close());
  for (const box of [type, handling]) box.addEventListener("change", offer);

  /** Only what fits: a grade for complaints, sending on for field units, done at once for what the desk settles. */
  function offer() {
    const byDesk = handling.value === HANDLINGS[0];
    grade.closest(".field").hidden = type.value !== "投诉";
    now.closest("label").hidden = byDesk;
    state.closest("label").hidden = !byDesk;
  }

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    fail("");
    try {
      const { order } = await api.file(wanted());
      dialog.close();
      filed(order);
    } catch (failure) {
      fail(Object.values(failure.fields ?? {})[0] ?? failure.message);
    } finally {
      submit.disabled = false;
    }
  });

  function wanted() {
    const text = (name) => form.elements[name].value.trim();
    const byDesk = handling.value === HANDLINGS[0];
    return {
      id: about.id,
      conversation_id: about.conversationId,
      type: type.value,
      handling: handling.value,
      urgency: urgency.value,
      grade: type.value === "投诉" ? grade.value : null,
      state: byDesk && state.checked ? "已完成" : "未完成",
      dispatch_now: !byDesk && now.checked,
      ...Object.fromEntries(["summary", "address", "contact_phone", "contact_time"].map((name) => [name, text(name)])),
    };
  }

  return {
    /** @param {{id: string, customer: string}} summary of the conversation */
    async ask({ id, customer }) {
      about = { id: newId(), conversationId: id };
      const mine = about;
      form.reset();
      fail("");
      setText(dialog.querySelector(".dialog-lead"), `从“${customer}”的会话新建，请核对后保存。`);
      offer();
      dialog.showModal();
      try {
        const { draft } = await api.draft(id);
        if (about !== mine) return;
        for (const [name, value] of Object.entries(draft)) if (form.elements[name] && value) form.elements[name].value = value;
        offer();
      } catch (failure) {
        fail(`没有取到会话内容，请自己填写：${failure.message}`);
      }
    },
  };
}
