// One message of the thread: who, when, what, and whether it arrived.

import { element, icon, setText } from "../shared/dom.js";
import { createAttachment } from "./attachment_view.js";
import { DELIVERIES, timeText } from "./words.js";

const DELIVERY_ICONS = { pending: "clock", sent: "check", delivered: "checks", uncertain: "unsure", failed: "failed" };
const KIND_NAMES = { safety: "安全提示", waiting_prompt: "等待提示", greeting: "", survey: "满意度调查" };

const UNREACHED = "没有发到服务器；连接恢复后自动重发，不会重复。";

/**
 * Item: {key, message, customer, me, now: Date} for confirmed ones, {key, draft, now} for unconfirmed ones.
 * @param {{flag: (message) => void, retry: (draft) => void, edit: (draft) => void, drop: (draft) => void}} actions
 */
export function createMessageRow(item, actions) {
  return item.draft ? createDraftRow(actions) : createConfirmedRow(actions);
}

function createConfirmedRow({ flag }) {
  const name = element("span", { class: "name" });
  const time = element("time");
  const delivery = element("span", { class: "delivery" });
  const text = element("p", { class: "text" });
  const choices = element("p", { class: "offered", hidden: true });
  const attachment = createAttachment();
  let shown = null;
  const flagButton = element("button", { class: "link flag", type: "button", title: "助手没听懂这句话？标记给管理员（最后一句用 Alt+M）", hidden: true, onclick: () => flag(shown) });
  const node = element("li", { class: "message" }, element("p", { class: "head" }, name, time, delivery, flagButton), text, attachment.node, choices);
  return {
    node,
    draw({ message, customer, me, now, flagged, past }) {
      shown = message;
      flagButton.hidden = message.speaker !== "customer" || Boolean(past);
      setText(flagButton, flagged ? "已标记，写原因" : "标记");
      node.dataset.speaker = message.speaker;
      node.dataset.kind = message.kind ?? "";
      node.classList.toggle("by-me", message.speaker === "agent" && message.staff_id === me);
      setText(name, nameOf(message, customer, me));
      setText(time, timeText(message.at, now));
      time.dateTime = message.at ?? "";
      setText(text, message.text);
      attachment.draw(message);
      drawChoices(choices, message.buttons);
      drawDelivery(delivery, deliveryWorthTelling(message));
    },
  };
}

function nameOf({ speaker, staff_id, kind }, customer, me) {
  const kindName = KIND_NAMES[kind] ? ` · ${KIND_NAMES[kind]}` : "";
  if (speaker === "customer") return customer;
  if (speaker === "agent") return `${staff_id === me ? "我" : "坐席"}（工号 ${staff_id}）${kindName}`;
  return (speaker === "bot" ? "智能助手" : "系统") + kindName;
}

function drawChoices(node, buttons) {
  node.hidden = !buttons?.length;
  if (!node.hidden) node.replaceChildren(...buttons.map(({ title }) => element("span", { text: title })));
}

/** The agent wants to know of his own messages; of the others only when something is wrong. */
function deliveryWorthTelling({ speaker, delivery }) {
  if (speaker === "customer") return null;
  return speaker === "agent" || ["failed", "uncertain"].includes(delivery) ? delivery : null;
}

function drawDelivery(node, delivery) {
  if ((node.dataset.state ?? "") === (delivery ?? "")) return;
  node.dataset.state = delivery ?? "";
  node.replaceChildren(...(delivery ? [icon(DELIVERY_ICONS[delivery] ?? "unsure"), DELIVERIES[delivery] ?? delivery] : []));
}

function createDraftRow({ retry, edit, drop }) {
  let draft = null;
  const time = element("time");
  const delivery = element("span", { class: "delivery" });
  const text = element("p", { class: "text" });
  const error = element("span", { class: "why" });
  const button = (label, act) => element("button", { class: "link", type: "button", text: label, onclick: () => act(draft) });
  const change = button("修改", edit);
  const failure = element("p", { class: "failure", role: "alert", hidden: true }, error, button("重试", retry), change, button("不发了", drop));
  const node = element("li", { class: "message by-me", "data-speaker": "agent" }, element("p", { class: "head" }, element("span", { class: "name", text: "我" }), time, delivery), text, failure);
  return {
    node,
    draw({ draft: next, now }) {
      draft = next;
      const failed = draft.state === "failed";
      node.classList.toggle("is-failed", failed);
      setText(time, timeText(draft.at, now));
      setText(text, draft.file ? `${draft.text} ${draft.file.name}` : draft.text);
      drawDelivery(delivery, failed ? "failed" : "pending");
      failure.hidden = !failed;
      change.hidden = Boolean(draft.file);
      setText(error, draft.offline ? UNREACHED : draft.error);
    },
  };
}
