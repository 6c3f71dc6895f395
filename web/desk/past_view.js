// Above the messages: the way to what the customer said before, and the lines between conversations.

import { element, setText } from "../shared/dom.js";
import { canGoOn } from "./past_state.js";
import { CHANNELS, timeText } from "./words.js";

const WORDS = { idle: "查看更早的会话", loading: "正在载入更早的会话…" };

/** @param {{load: () => void}} parts */
export function createPastHead({ load }) {
  const button = element("button", { class: "link", type: "button", onclick: load });
  const status = element("span", { role: "status" });
  const node = element("p", { class: "past-head", hidden: true }, status, button);
  return {
    node,
    /** `may`: this person serves the customer. */
    draw(past, may) {
      node.hidden = !may;
      const none = past.before === null;
      button.hidden = !canGoOn(past);
      setText(button, past.state === "failed" ? "重新载入" : WORDS.idle);
      setText(status, past.state === "failed" ? `更早的会话没有载入：${past.error} ` : past.state === "loading" ? WORDS.loading : none ? "没有更早的会话" : "");
    },
  };
}

/** Item: {key, divider, now: Date}. */
export function createDivider() {
  const text = element("span");
  const node = element("li", { class: "divider" }, text);
  return { node, draw: ({ divider, now }) => setText(text, dividerText(divider, now)) };
}

function dividerText(past, now) {
  if (!past) return "本次会话";
  const who = past.staff_id ? `工号 ${past.staff_id}` : "智能助手";
  return [timeText(past.opened_at, now), CHANNELS[past.channel] ?? past.channel, past.category, who].filter(Boolean).join(" · ");
}

/** The rows before those of the open conversation. */
export function pastItems(past, customer, me, now) {
  const day = now.toDateString();
  const items = past.conversations.flatMap((each) => [
    { key: `begin-${each.id}`, divider: each, now },
    ...each.messages.map((message) => ({ key: `past-${each.id}-${message.seq}`, message, customer, me, day, past: true, now })),
  ]);
  return items.length ? [...items, { key: "begin", divider: null, now }] : [];
}
