// One row of the list: channel, customer, last line, what it waits for.

import { element, icon, setText } from "../shared/dom.js";
import { createCountdown } from "./countdown_view.js";
import { waitedSeconds } from "./deadline.js";
import { durationText } from "../shared/duration.js";
import { isPressing } from "./visibility.js";
import { CHANNELS, EMERGENCY_STEPS, PRIORITIES, SPEAKERS, ownerText } from "./words.js";

/**
 * Item of the list: {id, summary, open, unread, typing, mine}.
 * @param {(id: string) => void} open
 */
export function createRow(open) {
  let item = null;
  const channel = element("span", { class: "channel" });
  const customer = element("span", { class: "customer" });
  const unread = element("span", { class: "unread", text: "新消息", hidden: true });
  const countdown = createCountdown();
  const line = element("span", { class: "line" });
  const facts = element("span", { class: "facts" });
  const emergency = element("span", { class: "row-emergency", hidden: true });
  const button = element(
    "button",
    { class: "row", type: "button", tabindex: "-1", onclick: () => open(item.id) },
    element("span", { class: "row-top" }, channel, customer, countdown.node),
    emergency,
    element("span", { class: "row-bottom" }, line, facts, unread),
  );

  function draw(next) {
    item = next;
    const { summary } = next;
    button.dataset.id = next.id;
    button.dataset.pressing = String(isPressing(summary));
    button.setAttribute("aria-current", String(next.open));
    drawChannel(channel, summary.channel);
    setText(customer, summary.customer);
    unread.hidden = !next.unread;
    button.classList.toggle("is-unread", next.unread);
    drawEmergency(emergency, summary);
  }

  return {
    node: element("li", {}, button),
    button,
    draw,

    /** Only texts that change with the clock. */
    tick(now) {
      const level = countdown.draw(item.summary, now) ?? "none";
      if (button.dataset.level !== level) button.dataset.level = level;
      setText(line, isTyping(item, now) ? "客户正在输入…" : lastLine(item.summary));
      setText(facts, factsText(item, now));
    },
  };
}

export function drawChannel(node, channel) {
  if (node.dataset.channel === channel) return;
  node.dataset.channel = channel;
  node.replaceChildren(icon(channel), element("span", { text: CHANNELS[channel] ?? channel }));
}

function drawEmergency(node, { emergency }) {
  node.hidden = !emergency;
  if (!emergency) return;
  const taken = emergency.accepted_by ? `${emergency.accepted_by} 已接警` : "无人接警";
  const step = emergency.overdue && emergency.step !== "dispatched" ? "超时未派单" : EMERGENCY_STEPS[emergency.step];
  if (!node.firstChild) node.append(icon("alarm"), element("span"));
  setText(node.lastChild, `险情 ${emergency.label} · ${taken} · ${step}`);
}

function isTyping({ typing }, now) {
  return typing?.who === "customer" && typing.until > now;
}

function lastLine({ last_message: last, handoff_reason }) {
  if (!last) return handoff_reason || "还没有消息";
  const speaker = last.speaker === "customer" ? "" : `${SPEAKERS[last.speaker] ?? "坐席"}：`;
  return speaker + last.text.replace(/\s+/g, " ").slice(0, 120);
}

function factsText({ summary, mine }, now) {
  if (summary.owner === "queue") return queueFacts(summary, now);
  return [mine ? "" : ownerText(summary), summary.breaches ? `超时 ${summary.breaches} 次` : ""].filter(Boolean).join(" · ");
}

function queueFacts(summary, now) {
  const waited = waitedSeconds(summary, now);
  const place = summary.position ? `第 ${summary.position} 位` : "";
  const priority = summary.priority === "normal" ? "" : PRIORITIES[summary.priority];
  return [place, priority, waited === null ? "" : `已等 ${durationText(waited)}`].filter(Boolean).join(" · ");
}
