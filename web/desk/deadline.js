// What a conversation's clock says: how long the customer waits, how long is left, since when it is late.
// Limits come from the server as times; only a missing warning time is filled in here.

import { durationText, secondsSince, secondsUntil } from "../shared/duration.js";

export const NORMAL = "normal";
export const WARNING = "warning";
export const OVERDUE = "overdue";

const WARN_BEFORE_MS = 30_000;
const UNDISPATCHED = new Set(["address", "confirm"]);

const NAMES = { reply: "", dispatch: "派单" };
const parsed = new WeakMap();

/** The times of a Summary as numbers; parsed once, because every row asks four times a second. */
export function timesOf(summary) {
  let times = parsed.get(summary);
  if (!times) parsed.set(summary, (times = parseTimes(summary)));
  return times;
}

function parseTimes({ deadlines, queued_at, waiting_since, opened_at }) {
  return {
    warn: ms(deadlines?.warn_at),
    breach: ms(deadlines?.breach_at),
    prompt: ms(deadlines?.prompt_at),
    dispatch: ms(deadlines?.dispatch_at),
    queued: ms(queued_at),
    waiting: ms(waiting_since),
    opened: ms(opened_at),
  };
}

function ms(iso) {
  const value = Date.parse(iso ?? "");
  return Number.isNaN(value) ? null : value;
}

/**
 * The promise that falls due first, or null when nothing is promised.
 * @returns {{promise: "reply" | "dispatch", due: number, warn: number} | null}
 */
export function nextDeadline(summary) {
  if (summary.owner === "closed") return null;
  const { warn, breach, dispatch } = timesOf(summary);
  const reply = breach === null ? null : { promise: "reply", due: breach, warn: warn ?? breach - WARN_BEFORE_MS };
  if (dispatch === null || !isUndispatched(summary)) return reply;
  const sending = { promise: "dispatch", due: dispatch, warn: dispatch - WARN_BEFORE_MS };
  return reply === null || sending.due <= reply.due ? sending : reply;
}

/** An emergency that nobody has sent a crew to yet. */
export function isUndispatched(summary) {
  return summary.owner !== "closed" && UNDISPATCHED.has(summary.emergency?.step);
}

/**
 * What the countdown of a row shows.
 * @returns {{level: string, text: string, promise: string, due: number} | null}
 */
export function countdown(summary, now) {
  const next = nextDeadline(summary);
  if (next === null) return null;
  const { promise, due } = next;
  const level = levelAt(next, now);
  const text = level === OVERDUE ? `已超时 ${durationText(secondsSince(due, now))}` : `剩 ${durationText(secondsUntil(due, now))}`;
  return { level, text: NAMES[promise] + text, promise, due };
}

/** How late it is, without the words. @returns {string | null} */
export function levelOf(summary, now) {
  const next = nextDeadline(summary);
  return next && levelAt(next, now);
}

function levelAt({ due, warn }, now) {
  if (now >= due) return OVERDUE;
  return now >= warn ? WARNING : NORMAL;
}

/** Seconds the customer has waited: in the queue since he was queued, else since his unanswered message. */
export function waitedSeconds(summary, now) {
  const since = waitingFrom(summary);
  return since === null ? null : secondsSince(since, now);
}

export function waitingFrom(summary) {
  const { queued, waiting, opened } = timesOf(summary);
  if (summary.owner === "closed") return null;
  return summary.owner === "queue" ? (queued ?? waiting ?? opened) : waiting;
}
