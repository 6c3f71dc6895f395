// Small texts that outlive the page. Where the browser refuses (private mode, full disk) they live as long as the page.

const PREFIX = "gasdesk.";

/** @param {() => Storage} open reading `window.localStorage` may itself throw, so it is handed over unread */
export function createStorage(open) {
  const memory = new Map();
  const stored = attempt(open);

  return {
    /** @returns {string | null} */
    get(key) {
      if (memory.has(key)) return memory.get(key);
      return attempt(() => stored.getItem(PREFIX + key));
    },

    set(key, value) {
      memory.delete(key);
      if (attempt(() => (stored.setItem(PREFIX + key, value), true))) return;
      attempt(() => stored.removeItem(PREFIX + key));
      memory.set(key, value);
    },

    remove(key) {
      memory.delete(key);
      attempt(() => stored.removeItem(PREFIX + key));
    },

    /** Keys that begin so, in no particular order. */
    keys(beginning) {
      const kept = attempt(() => Object.keys(stored)) ?? [];
      const names = kept.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
      return [...new Set([...names, ...memory.keys()])].filter((key) => key.startsWith(beginning));
    },

    /** The key a `storage` event of another tab is about, or null when it is not ours. */
    ownKey: (key) => (key?.startsWith(PREFIX) ? key.slice(PREFIX.length) : null),
  };
}

function attempt(call) {
  try {
    return call();
  } catch {
    return null;
  }
}
