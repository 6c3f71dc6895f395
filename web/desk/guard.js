// What must not be in a reply: asked of the server while the agent writes, and known again from its refusal.
// The server decides when the reply is sent; this only tells earlier.

import { createLatest } from "./latest.js";

const PAUSE_MS = 300; // after the last key, before asking

export const NOTHING = Object.freeze({ text: "", findings: [], asked: false });

const STOPS = new Set(["forbidden_phrase", "blank"]);

/** What stops the reply, and what the agent may confirm. */
export const stopping = ({ findings }) => findings.filter(({ concern }) => STOPS.has(concern));
export const toConfirm = ({ findings }) => findings.filter(({ concern }) => concern === "personal_data");

const CLAUSE_END = /[，。！？；,.!?;\n]/;

/** The text with the better wording in the place of the clause that holds what was found; （请删去） only takes it out. */
export function mended(text, { found, better }) {
  const at = text.indexOf(found);
  if (at < 0) return text;
  if (better.startsWith("（")) return text.replace(found, () => "");
  let [start, end] = [at, at + found.length];
  while (start > 0 && !CLAUSE_END.test(text[start - 1])) start -= 1;
  while (end < text.length && !CLAUSE_END.test(text[end])) end += 1;
  const rest = text.slice(end);
  return text.slice(0, start) + (rest ? better.replace(/[。！]$/, "") : better) + rest;
}

/** @param {{api: object, clock: object, changed: (known: typeof NOTHING) => void}} parts */
export function createGuard({ api, clock, changed }) {
  let known = NOTHING;
  const latest = createLatest();
  let stopWaiting = () => {};

  function set(next) {
    known = next;
    changed(known);
  }

  const ask = (conversationId, text) =>
    latest.ask(
      () => api.draft(conversationId, text),
      ({ findings }) => set({ text, findings, asked: false }),
      () => {}, // not reached, or not the agent's any more: the server looks again when the reply is sent
    );

  return {
    /** The draft has changed. */
    type(conversationId, raw) {
      const text = raw.trim();
      stopWaiting();
      if (!text) {
        latest.forget();
        return set(NOTHING);
      }
      if (text !== known.text) stopWaiting = clock.after(PAUSE_MS, () => void ask(conversationId, text));
      if (known.asked && text !== known.text) set({ ...known, asked: false });
    },

    /** The server refused this text. */
    refused(text, findings) {
      stopWaiting();
      latest.forget();
      set({ text, findings, asked: true });
    },

    /** What is known of exactly this text; null when it has not been looked through. */
    of(text) {
      return known.text === text ? known : null;
    },

    /** The agent tried to send it: say more loudly what is in the way. */
    insist: () => set({ ...known, asked: true }),

    clear() {
      stopWaiting();
      latest.forget();
      set(NOTHING);
    },
  };
}
