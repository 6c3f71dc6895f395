// The card of the open conversation's customer as this page knows it; what was revealed is forgotten when its time is up.

import { createLatest } from "./latest.js";
import { GONE } from "./visibility.js";

export const NOBODY = Object.freeze({ id: null, state: "idle", customer: null, error: "", shown: new Map() });

/**
 * @param {object} parts
 * @param {object} parts.api see customer_api.js
 * @param {() => number} parts.now the server's clock, in milliseconds
 * @param {(found: typeof NOBODY) => void} parts.changed
 */
export function createCustomer({ api, now, changed }) {
  let found = NOBODY;
  let asOf = null; // the state of the conversation that the card belongs to
  const cards = createLatest();

  function set(fields) {
    found = { ...found, ...fields };
    changed(found);
  }

  const load = () =>
    cards.ask(
      () => api.card(found.id),
      ({ customer }) => set({ state: "done", customer, error: "" }),
      (error) => set({ state: "failed", error: error.message }),
    );

  /** Runs an act on the card in view; its error is thrown to whoever asked, its outcome dropped if another is in view by then. */
  async function act(work, take) {
    const { id } = found;
    const answer = await work(id);
    if (id === found.id) take(answer);
  }

  /** A card that was asked for before does not know of them. */
  function withTags({ tags }) {
    set({ customer: { ...found.customer, tags } });
    void load();
  }

  return {
    /** The conversation in view; read again when something changed that the card shows, of it or of the `rest`. */
    follow(opened, rest) {
      const summary = opened?.owner === GONE ? null : opened; // whose it is now sees the card
      const id = summary?.id ?? null;
      const state = summary && JSON.stringify([id, summary.owner, summary.staff_id, summary.account_state, rest]);
      if (state === asOf) return;
      asOf = state;
      if (id !== found.id) set({ ...NOBODY, id, state: id ? "loading" : "idle" });
      if (id) void load();
    },

    again: () => void load(),

    reveal: (field) => act((id) => api.reveal(id, field), ({ value, until }) => set({ shown: new Map(found.shown).set(field, { value, until: Date.parse(until) }) })),

    hide(field) {
      const shown = new Map(found.shown);
      if (shown.delete(field)) set({ shown });
    },

    /** @returns {Promise<boolean>} whether all that the customer stated agrees with the records */
    async verify(stated) {
      let agreed = false;
      await act((id) => api.verify(id, stated), ({ matched }) => (agreed = matched));
      void load();
      return agreed;
    },

    sendLinkCode: () => act((id) => api.sendLinkCode(id), () => {}),
    unlink: () => act((id) => api.unlink(id), () => void load()),
    addTag: (text) => act((id) => api.addTag(id, text), withTags),
    dropTag: (text) => act((id) => api.dropTag(id, text), withTags),

    tick() {
      const over = [...found.shown].filter(([, { until }]) => until <= now());
      if (over.length) set({ shown: new Map([...found.shown].filter(([, { until }]) => until > now())) });
    },
  };
}
