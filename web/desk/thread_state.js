// One conversation's messages as this page knows them: confirmed ones by number, own unconfirmed ones beside them.
// Pure: every function returns a new thread, or the same one when nothing changed.

import { NO_PAST } from "./past_state.js";

export const EMPTY_THREAD = Object.freeze({
  loaded: false, // the whole conversation was fetched
  stale: false, // something was missed: fetch it again
  error: "", // why fetching it failed
  messages: [],
  outbox: [], // own messages without a number yet: {id, text, at, file, state: "sending" | "failed", error, offline}
  notes: [], // private ones of the staff
  unkept: "", // a note that could not be kept
  handoff: null,
  timeline: [],
  orders: [],
  past: NO_PAST, // what the customer said in earlier conversations
});

/** A message frame, or the answer to a sent message. The same message twice is one message. */
export function addMessage(thread, message) {
  const last = thread.messages.at(-1)?.seq;
  const missed = thread.loaded && last !== undefined && message.seq > last + 1;
  return { ...mergeMessages(thread, [message]), stale: thread.stale || missed };
}

/** The answer of GET /api/conversations/{id}. Messages that arrived meanwhile stay. */
export function loadThread(thread, { messages, notes = [], handoff, timeline, orders }) {
  return { ...mergeMessages(addNotes(thread, notes), messages), loaded: true, stale: false, error: "", handoff, timeline, orders };
}

/** The same note twice is one note. */
export function addNotes(thread, notes) {
  const known = new Set(thread.notes.map(({ id }) => id));
  const fresh = notes.filter(({ id }) => !known.has(id));
  return fresh.length ? { ...thread, notes: [...thread.notes, ...fresh].sort((a, b) => (a.at < b.at ? -1 : 1)) } : thread;
}

/** The conversation went to somebody else before it could be fetched again: what is known stays in sight. */
export function keepAsItIs(thread) {
  return { ...thread, stale: false };
}

export function failLoading(thread, error) {
  return { ...thread, error };
}

function mergeMessages(thread, incoming) {
  const bySeq = new Map(thread.messages.map((message) => [message.seq, message]));
  for (const message of incoming) {
    const known = bySeq.get(message.seq);
    bySeq.set(message.seq, known ? { ...message, delivery: laterDelivery(known.delivery, message.delivery) } : message);
  }
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  const confirmed = new Set(incoming.map((message) => message.id));
  const outbox = thread.outbox.filter((draft) => !confirmed.has(draft.id));
  return { ...thread, messages, outbox: outbox.length === thread.outbox.length ? thread.outbox : outbox };
}

/** Frames and answers overtake each other: what was delivered stays delivered, what was sent is not pending again. */
function laterDelivery(known, news) {
  if (known === "delivered") return known;
  return news === "pending" && known ? known : news;
}

/** From which states a message comes to this one, as on the server: what was sent does not fail with the next. */
const BEFORE = { sent: ["pending"], delivered: ["pending", "sent", "uncertain"], uncertain: ["pending"], failed: ["pending"] };

/** A delivery frame: every message up to `seq` has this state at least; with `only` that one, whatever it was before. */
export function markDelivery(thread, seq, delivery, only = false) {
  let changed = false;
  const messages = thread.messages.map((message) => {
    if (message.seq > seq || message.speaker === "customer" || (only && message.seq !== seq)) return message;
    const next = only || BEFORE[delivery]?.includes(message.delivery) ? delivery : message.delivery;
    if (next === message.delivery) return message;
    changed = true;
    return { ...message, delivery: next };
  });
  return changed ? { ...thread, messages } : thread;
}

/** An own message on its way. The same id again (retry) is the same message. */
export function startSending(thread, { id, text, at, file = null }) {
  if (thread.messages.some((message) => message.id === id)) return thread;
  const sending = { id, text, at, ...(file ? { file } : {}), state: "sending", error: "", offline: false };
  const known = thread.outbox.some((draft) => draft.id === id);
  const outbox = known ? thread.outbox.map((draft) => (draft.id === id ? { ...sending, at: draft.at } : draft)) : [...thread.outbox, sending];
  return { ...thread, outbox };
}

/**
 * `offline`: the server was not reached, so it is tried again by itself when the connection is back.
 * `findings`: why the server stopped it, so that it goes back into the reply box.
 */
export function failSending(thread, { id, error, offline, findings = [] }) {
  const outbox = thread.outbox.map((draft) => (draft.id === id ? { ...draft, state: "failed", error, offline, ...(findings.length ? { findings } : {}) } : draft));
  return { ...thread, outbox };
}

/** A message the server stopped because of what is in it. */
export function stopped(thread) {
  return thread.outbox.find(({ state, findings }) => state === "failed" && findings) ?? null;
}

/** The agent gives a failed message up. */
export function dropUnsent(thread, id) {
  return { ...thread, outbox: thread.outbox.filter((draft) => draft.id !== id) };
}
