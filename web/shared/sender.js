// Sends what is in the outbox: in order, again after every reconnect, until each message is acknowledged.

import { CALLS } from "./protocol.js";

const ACK_LIMIT = 10000;
const ATTEMPTS = 3;
/** A refusal may pass (too fast, storage busy): so often the message is tried again with the next refresh. */
const REFUSALS = 3;

/**
 * @param {object} parts
 * @param {() => string | null} parts.sessionId null: not now
 * @param {(id: string, seq: number) => void} parts.onAccepted
 * @param {(id: string, error: string) => void} parts.onRefused the server says why not
 * @param {(id: string) => void} parts.onUnanswered the server is there, but does not answer
 * @param {(id: string) => void} parts.onRetried an unanswered message is under way again
 */
export function createSender({ socket, outbox, clock, ...parts }) {
  /** Messages on their way: id → {attempt, cancel}. */
  const underWay = new Map();
  /** How often this page has been refused: id → number. What an earlier page was refused waits for the customer. */
  const refusals = new Map();

  socket.on("disconnect", () => {
    for (const { cancel } of underWay.values()) cancel();
    underWay.clear();
  });

  function transmit(entry, attempt = 1) {
    const session_id = parts.sessionId();
    if (session_id === null || !socket.connected) return;
    const cancel = clock.after(ACK_LIMIT, () => unanswered(entry, attempt));
    underWay.set(entry.id, { cancel });
    const metadata = entry.title === undefined ? { id: entry.id } : { id: entry.id, title: entry.title };
    socket.emit(CALLS.USER_UTTERED, { message: entry.message, session_id, metadata }, (answer) => settle(entry.id, answer));
  }

  function unanswered(entry, attempt) {
    underWay.delete(entry.id);
    if (attempt < ATTEMPTS) transmit(entry, attempt + 1);
    else parts.onUnanswered(entry.id);
  }

  function settle(id, answer) {
    stop(id);
    if (answer?.ok === true) {
      outbox.remove(id);
      parts.onAccepted(id, answer.seq);
    } else if (outbox.find(id)) {
      refusals.set(id, (refusals.get(id) ?? 0) + 1);
      parts.onRefused(id, typeof answer?.error === "string" ? answer.error : "");
    }
  }

  const isGivenUp = ({ id, refused }) => refused !== undefined && (refusals.get(id) ?? REFUSALS) >= REFUSALS;

  function stop(id) {
    underWay.get(id)?.cancel();
    underWay.delete(id);
  }

  return {
    send: (entry) => transmit(outbox.add(entry)),

    /** Everything unacknowledged, in the order it was written. */
    flush() {
      for (const entry of outbox.all()) {
        if (isGivenUp(entry) || underWay.has(entry.id)) continue;
        parts.onRetried(entry.id);
        transmit(entry);
      }
    },

    retry(id) {
      outbox.clearRefusal(id);
      const entry = outbox.find(id);
      if (entry && !underWay.has(id)) transmit(entry);
    },

    /** Seen in the conversation, or given up: nothing left to send. */
    forget(id) {
      stop(id);
      outbox.remove(id);
    },
  };
}
