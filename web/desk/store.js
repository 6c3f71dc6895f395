// Holds the state. Frames that a listener sends while one is being handled wait their turn.

import { INITIAL, reduce } from "./desk_state.js";

export function createStore(clock) {
  let state = INITIAL;
  const listeners = [];
  const waiting = [];
  let busy = false;

  function handle(frame) {
    const before = state;
    state = reduce(state, frame);
    for (const listener of listeners) listener(state, before, frame);
  }

  return {
    get state() {
      return state;
    },

    dispatch(type, body = {}) {
      waiting.push({ type, body, at: clock.now().getTime() });
      if (busy) return;
      busy = true;
      try {
        while (waiting.length) handle(waiting.shift());
      } finally {
        busy = false;
      }
    },

    /** @param {(state, before, frame) => void} listener */
    subscribe: (listener) => void listeners.push(listener),
  };
}
