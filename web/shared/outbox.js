// What the customer has sent and the server has not acknowledged: kept until it has, also over a reload.

/** Texts; files have a beginning of their own. */
const TEXTS = "out.";
export const FILES = "file.";

/**
 * One stored entry a message, so that two tabs never overwrite each other's.
 * @typedef {{id: string, at: string, order: number, text: string, message: string, title?: string, refused?: string,
 *   place?: number, name?: string, file?: object}} Outgoing
 * `text` is shown, `message` is sent; they differ for a tapped quick reply.
 */
export function createOutbox(storage, beginning = TEXTS) {
  const all = () => storage.keys(beginning).map((key) => parse(storage.get(key))).filter(Boolean).sort(byOrder);
  const find = (id) => parse(storage.get(beginning + id));
  const write = (entry) => storage.set(beginning + entry.id, JSON.stringify(entry));

  return {
    all,
    find,
    add(entry) {
      const last = all().pop();
      const kept = { ...entry, order: (last?.order ?? 0) + 1 };
      write(kept);
      return kept;
    },
    /** A refused message is kept for the customer to retry, but not resent by itself. */
    markRefused(id, error, place) {
      const entry = find(id);
      if (entry) write({ ...entry, refused: error, place });
    },
    clearRefusal(id) {
      const entry = find(id);
      if (entry) write({ ...entry, refused: undefined, place: undefined });
    },
    remove: (id) => storage.remove(beginning + id),
  };
}

const byOrder = (one, other) => one.order - other.order || one.at.localeCompare(other.at);

function parse(text) {
  try {
    const entry = JSON.parse(text);
    const whole = entry && [entry.id, entry.at, entry.text, entry.message].every((part) => typeof part === "string");
    return whole && Number.isInteger(entry.order) ? entry : null;
  } catch {
    return null;
  }
}
