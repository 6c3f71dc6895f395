// The lead's live board, from the same state as the list.

import { waitingFrom } from "./deadline.js";

const ON_DUTY = new Set(["agent", "lead"]);

export function boardOf({ conversations, staff, breaches, board }) {
  const people = [...staff.values()].filter(({ role }) => ON_DUTY.has(role));
  return {
    ...queueOf(conversations),
    online: people.filter(({ presence }) => presence === "online").length,
    people: people.sort((a, b) => a.staff_id.localeCompare(b.staff_id)),
    breaches: board?.breaches ?? breaches.length,
  };
}

const queues = new WeakMap(); // by conversations: every tick of the clock asks

/** How many wait, and since when the longest does (milliseconds, the server's clock; null if nobody does). */
export function queueOf(conversations) {
  let queue = queues.get(conversations);
  if (!queue) {
    const queued = [...conversations.values()].filter(({ owner, offline }) => owner === "queue" && !offline);
    const since = queued.map(waitingFrom).filter((time) => time !== null);
    queues.set(conversations, (queue = { queueLength: queued.length, longestSince: since.length ? Math.min(...since) : null }));
  }
  return queue;
}

/** Midnight of the person's day, for "breaches since". */
export function startOfDay(now) {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
