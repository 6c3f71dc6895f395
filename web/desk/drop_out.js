// What came in while this page was cut off: decided by what the page knew before and what the snapshot tells after.

import { isMine } from "./visibility.js";

const WAITED_MS = 15_000; // who waits for less needs no apology

/** What a page has to remember of one's own conversations, to tell afterwards what it missed: id → number of the last word. */
export function knownOf({ me, conversations }) {
  const mine = [...conversations.values()].filter((summary) => isMine(me, summary));
  return Object.fromEntries(mine.map(({ id, last_message }) => [id, last_message?.seq ?? 0]));
}

/**
 * @param {{me: object, conversations: Map}} state after the snapshot
 * @param {Record<string, number> | null} known see `knownOf`; null: this person was not here before
 * @param {number} now the server's clock
 * @returns {{waiting: object[], moved: number}} own conversations in which the customer wrote and still waits, the
 *   longest wait first; and how many one no longer has
 */
export function missedOf({ me, conversations }, known, now) {
  if (!known) return { waiting: [], moved: 0 };
  const mine = [...conversations.values()].filter((summary) => isMine(me, summary));
  const waiting = mine.filter((summary) => cameMeanwhile(summary, known[summary.id] ?? -1, now));
  waiting.sort((a, b) => Date.parse(a.waiting_since) - Date.parse(b.waiting_since));
  const ids = new Set(mine.map(({ id }) => id));
  return { waiting, moved: Object.keys(known).filter((id) => !ids.has(id)).length };
}

function cameMeanwhile({ waiting_since, last_message }, seq, now) {
  if (waiting_since === null || last_message?.speaker !== "customer") return false;
  return last_message.seq > seq && now - Date.parse(waiting_since) >= WAITED_MS;
}
