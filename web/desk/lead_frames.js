// How words that come from outside a conversation change the state: whispers of the lead and limits of the customer's
// platform join its timeline, broadcasts wait to be read.

const BROADCASTS = 20;

/** The agent's own conversation: also told at once, wherever he is looking. */
export function onTold(state, { conversation_id: id, fact }, addNotice) {
  const thread = state.threads.get(id);
  const threads = thread?.loaded ? new Map(state.threads).set(id, { ...thread, timeline: [...thread.timeline, fact] }) : state.threads;
  const summary = state.conversations.get(id);
  const next = { ...state, threads };
  const mine = summary?.owner === "agent" && summary.staff_id === state.me?.staff_id;
  return mine ? addNotice(next, { text: `${summary.customer}：${fact.text}`, conversationId: id }) : next;
}

/** Each once, the latest last. */
export function withBroadcasts(state, incoming) {
  const known = new Set(state.broadcasts.map(keyOf));
  const fresh = incoming.filter((one) => !known.has(keyOf(one)));
  if (!fresh.length) return state;
  const all = [...state.broadcasts, ...fresh].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { ...state, broadcasts: all.slice(-BROADCASTS) };
}

export const keyOf = ({ at, staff_id, text }) => `${at} ${staff_id} ${text}`;
