// What is red about an order, and how long it has: the earlier of when it must leave and when it is due.

import { durationText, secondsSince, secondsUntil } from "../shared/duration.js";

const ms = (iso) => (iso ? Date.parse(iso) : null);

/**
 * @param {object} order
 * @param {number} now the server's clock, in milliseconds
 * @returns {{level: "overdue" | "warning" | "normal" | "", sign: string, text: string}} never colour alone: a sign and words with it
 */
export function clockOf(order, now) {
  if (order.state === "已完成") return { level: "", sign: "", text: "" };
  const leave = ms(order.leave_by);
  if (leave !== null && now >= leave) return { level: "overdue", sign: "overdue", text: `未派出，已超 ${durationText(secondsSince(leave, now))}` };
  if (leave !== null && now >= ms(order.leave_red_at)) return { level: "overdue", sign: "alarm", text: `未派出，还剩 ${durationText(secondsUntil(leave, now))}` };
  const due = ms(order.due_at);
  if (due !== null && now >= due) return { level: "overdue", sign: "overdue", text: `已超期 ${durationText(secondsSince(due, now))}` };
  if (due !== null && now >= ms(order.due_soon_at)) return { level: "warning", sign: "warning", text: `快到期，还剩 ${durationText(secondsUntil(due, now))}` };
  if (leave !== null) return { level: "normal", sign: "clock", text: `${durationText(secondsUntil(leave, now))}内派出` };
  return { level: "normal", sign: "clock", text: due === null ? "没有期限" : `还剩 ${durationText(secondsUntil(due, now))}` };
}

/** How many want somebody at once. */
export function redCount(orders, now) {
  return orders.filter((order) => clockOf(order, now).level === "overdue").length;
}
