// Sends files one after the other: again after every break, until each is acknowledged. The same id is the same message.

const DELAYS = [3000, 8000, 20000, 60000];
/** The server says "not now": too much at once, or a fault that passes. */
const passing = (status) => status === 408 || status === 429 || status >= 500;

/**
 * @param {object} parts
 * @param parts.outbox see outbox.js; an entry's bytes are in `store` under its id
 * @param parts.store see file_store.js
 * @param {(file: {id: string, name: string, session: string, bytes: Blob, onProgress: Function}) =>
 *   {answer: Promise<{status: number, body: object}>, cancel: () => void}} parts.upload rejects when the way is broken
 * @param {() => string | null} parts.sessionId null: not now
 * @param {(id: string, seq: number) => void} parts.onAccepted
 * @param {(id: string, error: string) => void} parts.onRefused marks it so in the outbox
 * @param {(id: string, share: number) => void} parts.onProgress 0 to 1
 * @param {string} parts.lostWords told when the bytes did not outlive the page
 */
export function createFileSender({ outbox, store, upload, clock, ...parts }) {
  let underWay = null;
  let broken = 0;
  let cancelLater = () => {};

  const waiting = () => outbox.all().find(({ refused }) => refused === undefined);

  async function work() {
    const session = parts.sessionId();
    const entry = waiting();
    if (underWay || !entry || session === null) return;
    underWay = { id: entry.id, cancel: () => {} };
    cancelLater();
    const answer = await transmit(entry, session);
    underWay = null;
    if (outbox.find(entry.id) && !settle(entry.id, answer)) return later();
    broken = 0;
    return work();
  }

  async function transmit({ id, name }, session) {
    const bytes = await store.get(id);
    if (!bytes) return { status: 410, body: { error: { message: parts.lostWords } } };
    const { answer, cancel } = upload({ id, name, session, bytes, onProgress: (share) => parts.onProgress(id, share) });
    underWay.cancel = cancel;
    return answer.catch(() => null);
  }

  /** @returns {boolean} whether it is decided; null for an answer: nobody knows, so it goes again */
  function settle(id, answer) {
    if (!answer || passing(answer.status)) return false;
    if (answer.status === 200 && answer.body?.ok === true) {
      forget(id);
      parts.onAccepted(id, answer.body.seq);
    } else {
      const { message } = answer.body?.error ?? {};
      parts.onRefused(id, typeof message === "string" ? message : "");
    }
    return true;
  }

  function later() {
    cancelLater = clock.after(DELAYS[Math.min(broken, DELAYS.length - 1)], work);
    broken += 1;
  }

  function forget(id) {
    outbox.remove(id);
    store.remove(id);
  }

  return {
    async send(entry, bytes) {
      outbox.add(entry);
      await store.put(entry.id, bytes);
      return work();
    },

    /** The connection is back: do not sit out the waiting time. */
    flush: work,

    retry(id) {
      outbox.clearRefusal(id);
      return work();
    },

    /** Seen in the conversation, or given up: nothing left to send. */
    forget(id) {
      const { id: now, cancel } = underWay ?? {};
      forget(id);
      if (now === id) cancel();
    },
  };
}
