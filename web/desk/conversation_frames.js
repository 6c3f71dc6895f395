// How frames about conversations change the state: snapshot, conversation, message, delivery, alarm, alarm_over.

import { EMPTY_THREAD, addMessage, markDelivery } from "./thread_state.js";
import { GONE, concerns, isLead } from "./visibility.js";

const with_ = (map, key, value) => new Map(map).set(key, value);

export function without(collection, key) {
  if (!collection.has(key)) return collection;
  const copy = collection instanceof Map ? new Map(collection) : new Set(collection);
  copy.delete(key);
  return copy;
}

/** Everything anew; what was read and what was not sent yet is this page's own and stays. */
export function onSnapshot(state, { me, conversations, staff, now }) {
  const asOf = Date.parse(now);
  const fresh = new Map(conversations.map((summary) => [summary.id, summary]));
  const open = state.conversations.get(state.openId);
  if (open && !fresh.has(open.id)) fresh.set(open.id, unnamed(me, open));
  const next = {
    ...state,
    me,
    synced: true,
    conversations: fresh,
    asOf: new Map(conversations.map(({ id }) => [id, asOf])),
    staff: new Map(staff.map((person) => [person.staff_id, person])),
    threads: keepThreads(state.threads, fresh),
    typing: new Map(),
    alarms: new Map(),
  };
  return { ...next, unread: unreadAfterSnapshot(state, next) };
}

/** The open conversation of which the server tells nothing any more: it went on, or ended, while nobody could say so. */
function unnamed(me, summary) {
  if (summary.owner === "closed") return summary;
  const owner = isLead(me) ? "closed" : GONE; // a lead is told of all that are open
  return { ...summary, owner, offline: false, waiting_since: null, position: null, deadlines: {}, emergency: null };
}

function keepThreads(threads, conversations) {
  const kept = [...threads].filter(([id, thread]) => conversations.has(id) || thread.outbox.length > 0);
  return new Map(kept.map(([id, thread]) => [id, { ...thread, stale: thread.loaded, error: "" }]));
}

function unreadAfterSnapshot(before, after) {
  const unread = new Set();
  for (const [id, summary] of after.conversations) {
    if (isAttentive(after, id)) continue;
    const last = summary.last_message;
    const known = before.conversations.get(id)?.last_message?.seq ?? 0;
    const awaitsReading = last !== null && last.seq > known && (last.speaker === "customer" || summary.waiting_since !== null);
    if (before.unread.has(id) || awaitsReading) unread.add(id);
  }
  return unread;
}

/** The person has this conversation before his eyes. */
export function isAttentive(state, id) {
  return state.openId === id && state.visible;
}

export function onConversation(state, { conversation, now }) {
  const time = Date.parse(now ?? "");
  if (time < state.asOf.get(conversation.id)) return state; // overtaken by a newer one
  const asOf = Number.isNaN(time) ? state.asOf : with_(state.asOf, conversation.id, time);
  const shown = concerns(state.me, conversation) || state.openId === conversation.id;
  if (!shown) return forget({ ...state, asOf }, conversation.id);
  return { ...state, asOf, conversations: with_(state.conversations, conversation.id, conversation) };
}

/** Drop what is neither in the list nor open; messages that were never sent are kept for their writer. */
export function forget(state, id) {
  const thread = state.threads.get(id);
  return {
    ...state,
    conversations: without(state.conversations, id),
    threads: thread?.outbox.length ? state.threads : without(state.threads, id),
    unread: without(state.unread, id),
    alarms: without(state.alarms, id),
    typing: without(state.typing, id),
  };
}

export function onMessage(state, { conversation_id: id, message }) {
  const next = { ...state, conversations: withLastMessage(state.conversations, id, message), typing: without(state.typing, id) };
  if (state.threads.has(id)) next.threads = with_(state.threads, id, addMessage(state.threads.get(id), message));
  const unseen = message.speaker === "customer" && !isAttentive(state, id) && state.conversations.has(id);
  if (unseen) next.unread = new Set(state.unread).add(id);
  return next;
}

/** As in the Summary: prompts, notices and greetings would hide what the customer wants. */
function withLastMessage(conversations, id, { seq, speaker, kind, text, at }) {
  const summary = conversations.get(id);
  if (!summary || speaker === "system" || kind === "greeting" || (summary.last_message?.seq ?? 0) >= seq) return conversations;
  return with_(conversations, id, { ...summary, last_message: { seq, speaker, text, at } });
}

export function onDelivery(state, { conversation_id: id, seq, delivery, only = false }) {
  return changeThread(state, id, (thread) => markDelivery(thread, seq, delivery, only), { create: false });
}

export function changeThread(state, id, change, { create = true } = {}) {
  const thread = state.threads.get(id) ?? (create ? EMPTY_THREAD : null);
  if (!thread) return state;
  const next = change(thread);
  return next === thread && state.threads.has(id) ? state : { ...state, threads: with_(state.threads, id, next) };
}

export function onAlarm(state, body) {
  const next = onConversation(state, body);
  const { id } = body.conversation;
  return { ...next, alarms: with_(next.alarms, id, body.reason), silenced: without(next.silenced, id) };
}

export function onAlarmOver(state, { conversation_id: id, accepted_by }) {
  const next = { ...state, alarms: without(state.alarms, id) };
  const summary = state.conversations.get(id);
  if (!summary?.emergency || !accepted_by) return next;
  const accepted = { ...summary, emergency: { ...summary.emergency, accepted_by } };
  return { ...next, conversations: with_(state.conversations, id, accepted) };
}
