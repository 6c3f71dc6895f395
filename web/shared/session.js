// The customer's session: asks for it, remembers its key, asks again for what is missing.

import { CALLS, EVENTS } from "./protocol.js";

const CONFIRM_LIMIT = 8000;
const GAP_DELAYS = [300, 1000, 3000];
const KEY = "session";

/**
 * @param {object} parts
 * @param {() => number} parts.resumeAfter number of the last message received without a gap
 * @param {() => boolean} parts.hasGap
 * @param {() => void} parts.onGapAccepted the server does not have what is missing
 * @param {() => void} parts.onConfirmed
 * @param {() => void} parts.onReplaced the server gave another session than the one asked for
 * @param {() => void} parts.onSilence a request was not confirmed in time
 */
export function createSession({ socket, storage, clock, ...parts }) {
  let asked = null;
  let confirmed = null;
  let cancelLimit = null;
  let cancelGap = null;
  let gapAsks = 0;

  socket.on("disconnect", forget);
  socket.on(EVENTS.SESSION_CONFIRM, (id) => {
    if (typeof id === "string" && id !== "") confirm(id);
  });

  function confirm(id) {
    endWait();
    const stored = storage.get(KEY);
    // Two new tabs ask at the same time: the first key stored is the one both keep.
    if (asked === null && stored !== null && stored !== id) return ask();
    const replaced = stored !== null && stored !== id;
    if (stored !== id) storage.set(KEY, id);
    confirmed = id;
    if (replaced) parts.onReplaced();
    parts.onConfirmed();
  }

  function ask() {
    const key = storage.get(KEY);
    if (!socket.connected || (cancelLimit && key === asked)) return;
    endWait();
    asked = key;
    cancelLimit = clock.after(CONFIRM_LIMIT, () => {
      cancelLimit = null;
      parts.onSilence();
    });
    socket.emit(CALLS.SESSION_REQUEST, { session_id: key, metadata: { after: parts.resumeAfter() } });
  }

  function endWait() {
    cancelLimit?.();
    cancelLimit = null;
  }

  function forget() {
    endWait();
    cancelGap?.();
    cancelGap = null;
    gapAsks = 0;
    confirmed = null;
  }

  /** Frames may overtake each other for a moment; a gap that stays is asked for, and at last accepted. */
  function mindGap() {
    if (!parts.hasGap()) {
      cancelGap?.();
      cancelGap = null;
      gapAsks = 0;
    } else if (!cancelGap) {
      cancelGap = clock.after(GAP_DELAYS[gapAsks] ?? GAP_DELAYS[GAP_DELAYS.length - 1], closeGap);
    }
  }

  function closeGap() {
    cancelGap = null;
    if (!parts.hasGap()) return;
    gapAsks += 1;
    if (gapAsks > GAP_DELAYS.length) {
      gapAsks = 0;
      parts.onGapAccepted();
    } else {
      ask();
    }
    mindGap();
  }

  return {
    ask,
    mindGap,
    /** The confirmed key, or null while there is none. */
    id: () => confirmed,
    /** Another tab has stored another key. */
    adopt(id) {
      if (id === null || id === confirmed) return;
      parts.onReplaced();
      ask();
    },
  };
}
