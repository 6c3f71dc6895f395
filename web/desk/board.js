// The lead's live board, from the same state as the list.

import { waitingFrom } from "./deadline.js";

const ON_DUTY = new Set(["agent", "lead"]);

export function boardOf({ conversations, staff, breaches, board }) {
  const queued = [...conversations.values()].filter(({ owner, offline }) => owner === "queue" && !offline);
  const since = queued.map(waitingFrom).filter((time) => time !== null);
  const people = [...staff.values()].filter(({ role }) => ON_DUTY.has(role));
  return {
    queueLength: queued.length,
    longestSince: since.length ? Math.min(...since) : null, // milliseconds, the server's clock
    online: people.filter(({ presence }) => presence === "online").length,
    people: people.sort((a, b) => a.staff_id.localeCompare(b.staff_id)),
    breaches: board?.breaches ?? breaches.length,
  };
}

/** Midnight of the person's day, for "breaches since". */
export function startOfDay(now) {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
