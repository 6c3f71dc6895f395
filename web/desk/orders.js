// The orders of the desk: what is listed, what is open, and what has to leave. Draws nothing.

import { createLatest } from "./latest.js";

const AGAIN_MS = 500; // several frames in a row are one reload
const AGAIN_CLOSED_MS = 5_000; // only the number on the button

/**
 * @param {object} parts
 * @param {object} parts.api see ../shared/orders_api.js
 * @param {object} parts.clock
 * @param {(orders: object) => void} parts.changed
 */
export function createOrders({ api, clock, changed }) {
  let state = { shown: false, wanted: { state: "open" }, orders: [], leaving: [], undelivered: [], open: null, detail: null, error: "", loading: false, cutoffs: [] };
  const latest = createLatest();
  let waiting = false;

  function set(fields) {
    state = { ...state, ...fields };
    changed(state);
  }

  async function load() {
    set({ loading: true });
    await latest.ask(
      () => Promise.all([state.shown ? api.list(clean(state.wanted)) : null, api.list({ state: "leaving" }), api.undelivered()]),
      ([listed, leaving, letters]) => set({ orders: listed?.orders ?? state.orders, leaving: leaving.orders, undelivered: letters.webhooks, cutoffs: leaving.cutoffs, loading: false, error: "" }),
      (error) => error.status !== 401 && set({ loading: false, error: error.message }),
    );
  }

  async function loadOpen() {
    const number = state.open;
    if (!number) return;
    try {
      const detail = await api.one(number);
      if (state.open === number) set({ detail });
    } catch (error) {
      if (state.open === number && error.status !== 401) set({ error: error.message });
    }
  }

  return {
    get state() {
      return state;
    },
    load,

    show(shown) {
      set({ shown });
      if (shown) void Promise.all([load(), loadOpen()]);
    },

    want(fields) {
      set({ wanted: { ...state.wanted, ...fields } });
      return load();
    },

    open(number) {
      set({ open: number, detail: state.detail?.order.number === number ? state.detail : null });
      return loadOpen();
    },

    /** A live frame: the newest word on one order. */
    hear() {
      if (waiting) return;
      waiting = true;
      clock.after(state.shown ? AGAIN_MS : AGAIN_CLOSED_MS, () => {
        waiting = false;
        void load();
        if (state.shown) void loadOpen();
      });
    },

    forget: () => set({ shown: false, orders: [], leaving: [], undelivered: [], open: null, detail: null, error: "" }),
  };
}

const clean = (wanted) => Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
