// What has been said, as plain data: functions (state, fact) → state.
// Numbered messages in order, pending ones last, failed ones where they failed.

/** `floor`: numbers up to here are known or known to be unobtainable. */
export const EMPTY = Object.freeze({ messages: Object.freeze([]), floor: 0 });

/** A message from the server; the same id a second time changes nothing but what was still unknown. */
export function receive(state, message) {
  const known = state.messages.find(({ id }) => id === message.id);
  if (!known) return { ...state, messages: insert(state.messages, message) };
  if (known.seq !== null && known.at === message.at) return state;
  const text = known.delivery === null ? message.text : known.text;
  const kept = { ...message, text, seq: message.seq ?? known.seq };
  return { ...state, messages: insert(without(state.messages, message.id), kept) };
}

/** A message the customer has just sent, shown at once. */
export function addPending(state, message) {
  if (state.messages.some(({ id }) => id === message.id)) return state;
  return { ...state, messages: [...state.messages, message] };
}

/** The server has stored a pending message under this number. */
export function accept(state, id, seq) {
  const known = state.messages.find((message) => message.id === id);
  if (!known || known.seq !== null) return state;
  const stored = { ...known, seq, delivery: "delivered", error: null, place: null };
  return { ...state, messages: insert(without(state.messages, id), stored) };
}

/** The server refused it, or never answered (`error` null); it stays behind the number `place`. */
export const fail = (state, id, error, place = highest(state)) => change(state, id, { delivery: "failed", error, place });

/** A failed message is under way again. */
export const retry = (state, id) => change(state, id, { delivery: "pending", error: null, place: null });

/** The customer gives up a message that was never stored. */
export const discard = (state, id) => ({ ...state, messages: without(state.messages, id) });

/** Another conversation begins: only what the server has not stored yet stays. */
export const restart = ({ messages }) => ({ floor: 0, messages: messages.filter(isUnsent) });

/** The number to ask after: everything up to it has been received. */
export function resumeAfter(state) {
  let last = state.floor;
  for (const { seq } of state.messages) if (seq === last + 1) last = seq;
  return last;
}

/** The highest number received. */
export function highest(state) {
  return state.messages.reduce((most, { seq }) => Math.max(most, seq ?? 0), state.floor);
}

export const hasGap = (state) => highest(state) > resumeAfter(state);

/** The server was asked and does not have the missing numbers: stop missing them. */
export function acceptGap(state) {
  const after = resumeAfter(state);
  const next = state.messages.find(({ seq }) => seq !== null && seq > after);
  return next ? { ...state, floor: next.seq - 1 } : state;
}

function change(state, id, changes) {
  const known = state.messages.find((message) => message.id === id);
  if (!known || known.seq !== null) return state;
  return { ...state, messages: insert(without(state.messages, id), { ...known, ...changes }) };
}

function insert(messages, message) {
  const number = numberOf(message);
  let index = messages.length;
  while (index > 0 && numberOf(messages[index - 1]) > number) index -= 1;
  return [...messages.slice(0, index), message, ...messages.slice(index)];
}

const isUnsent = ({ speaker, seq }) => speaker === "customer" && seq === null;
const numberOf = ({ seq, place }) => seq ?? place ?? Infinity;
const without = (messages, id) => messages.filter((message) => message.id !== id);
