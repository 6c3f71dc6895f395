// One answer to "what now?": where Alt+N goes, and how many conversations are late or nearly.

import { OVERDUE, WARNING, levelOf, nextDeadline } from "./deadline.js";
import { groupsOf } from "./groups.js";
import { isLead, isMine } from "./visibility.js";

/** The conversation to look at next, other than the open one; null when nothing waits. */
export function nextUrgent(state) {
  const order = [...emergencies(state), ...promised(state), ...rowsOf(state, "offline"), ...unreadOf(state), ...rowsOf(state, "queue")];
  return order.find(({ id }) => id !== state.openId)?.id ?? null;
}

/** How many of the person's conversations (a lead's: all) are overdue and how many warn. */
export function lateness(state, now) {
  const levels = watched(state).map((summary) => levelOf(summary, now));
  const count = (level) => levels.filter((one) => one === level).length;
  return { overdue: count(OVERDUE), warning: count(WARNING) };
}

function watched({ me, conversations }) {
  return [...conversations.values()].filter((summary) => isLead(me) || isMine(me, summary));
}

function emergencies(state) {
  return rowsOf(state, "emergency").filter(({ emergency }) => emergency.accepted_by === null || emergency.accepted_by === state.me.staff_id);
}

/** Overdue longest first, then due next: both are "due earliest". */
function promised(state) {
  const due = new Map(watched(state).map((summary) => [summary, nextDeadline(summary)?.due]));
  return [...due.keys()].filter((summary) => due.get(summary) !== undefined).sort((a, b) => due.get(a) - due.get(b));
}

/** The person's own conversations with something he has not seen. */
export function unreadOf(state) {
  return rowsOf(state, "mine").filter(({ id }) => state.unread.has(id));
}

function rowsOf(state, key) {
  return groupsOf(state).find((group) => group.key === key)?.rows ?? [];
}
