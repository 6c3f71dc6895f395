// What is in the labelling list, which one is open, and what can be taken back. Pure.

/** Decisions of this sitting that `U` takes back, the latest last. */
const KEPT = 50;

export const EMPTY = Object.freeze({ items: [], selected: null, done: [] });

/** A fresh list from the server: the open item stays open if it is still there, otherwise its place is kept. */
export function refreshed(state, items) {
  const place = Math.max(0, indexOf(state));
  const still = items.some(({ id }) => id === state.selected);
  // What a colleague has open is passed over.
  const next = [...items.slice(place), ...items.slice(0, place).reverse()].find(({ held_by }) => !held_by) ?? items[0];
  return { ...state, items, selected: still ? state.selected : (next?.id ?? null) };
}

export function moved(state, by) {
  const place = Math.min(Math.max(0, indexOf(state) + by), state.items.length - 1);
  return { ...state, selected: state.items[place]?.id ?? null };
}

export function opened(state, id) {
  return { ...state, selected: id };
}

/** Decided: it leaves the list, the next one opens. */
export function decided(state, item) {
  const items = state.items.filter(({ id }) => id !== item.id);
  const next = { ...state, items, done: [...state.done, { id: item.id, version: item.version }].slice(-KEPT) };
  const place = Math.min(Math.max(0, indexOf(state)), items.length - 1);
  return { ...next, selected: items[place]?.id ?? null };
}

export function takenBack(state) {
  return { ...state, done: state.done.slice(0, -1) };
}

export function current(state) {
  return state.items.find(({ id }) => id === state.selected) ?? null;
}

/** By id the version that is on the page, of the message and of those folded with it. */
export function seen(item) {
  return Object.fromEntries([item, ...item.others].map(({ id, version }) => [id, version]));
}

const NUMBERS = new Set(["1", "2", "3"]);
const LETTERS = { e: "pick", s: "divide", n: "fresh", x: "reject", u: "undo", j: "next", k: "previous", ArrowDown: "next", ArrowUp: "previous" };

/** @returns {{act: string, number?: number} | null} what a key in the list means */
export function actionOf({ key, altKey, ctrlKey, metaKey, isComposing }) {
  if (altKey || ctrlKey || metaKey || isComposing) return null;
  if (NUMBERS.has(key)) return { act: "accept", number: Number(key) };
  const act = LETTERS[key] ?? LETTERS[key.toLowerCase?.()];
  return act ? { act } : null;
}

/** Intents whose name holds all the words, those that begin with them first. */
export function matching(intents, words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return intents;
  const found = intents.filter(({ name, label }) => label.toLowerCase().includes(wanted) || name.includes(wanted));
  return [...found].sort((one, other) => Number(other.label.startsWith(wanted)) - Number(one.label.startsWith(wanted)));
}

function indexOf({ items, selected }) {
  return items.findIndex(({ id }) => id === selected);
}
