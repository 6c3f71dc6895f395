// Searches all conversations: what is typed, after a pause; a further page on demand.

const PAUSE_MS = 300;

export const NOTHING = Object.freeze({ query: "", state: "idle", results: [], words: [], before: null, error: "" });

/** @param {{api: object, clock: object, changed: (found: typeof NOTHING) => void}} parts */
export function createSearch({ api, clock, changed }) {
  let found = NOTHING;
  let asked = 0; // answers to older questions are dropped
  let stopWaiting = () => {};

  function set(fields) {
    found = { ...found, ...fields };
    changed(found);
  }

  async function ask(query, before) {
    stopWaiting();
    const mine = ++asked;
    set({ query, state: "loading", error: "", ...(before ? {} : { results: [] }) });
    try {
      const answer = await api.search(query, before);
      if (mine === asked) set({ state: "done", results: [...found.results, ...answer.results], words: answer.words, before: answer.before });
    } catch (error) {
      if (mine === asked) set({ state: "failed", error: error.message });
    }
  }

  return {
    type(text) {
      stopWaiting();
      const query = text.trim();
      if (query.length < 2) {
        asked += 1;
        return set(NOTHING);
      }
      if (query !== found.query) stopWaiting = clock.after(PAUSE_MS, () => void ask(query));
    },

    /** At once: Enter. */
    now(text) {
      const query = text.trim();
      if (query) void ask(query);
    },

    more: () => found.before !== null && found.state !== "loading" && void ask(found.query, found.before),
  };
}

/** The pieces of a line: [text, whether it is one of the words]. */
export function marked(line, words) {
  const plain = [...line].map((char) => char.normalize("NFKC").toLowerCase());
  if (plain.some((char) => char.length !== 1)) return [[line, false]];
  const hits = new Array(plain.length).fill(false);
  const text = plain.join("");
  for (const word of words) {
    for (let at = text.indexOf(word); word && at !== -1; at = text.indexOf(word, at + 1)) hits.fill(true, at, at + word.length);
  }
  const pieces = [];
  [...line].forEach((char, at) => {
    if (pieces.length && pieces.at(-1)[1] === hits[at]) pieces.at(-1)[0] += char;
    else pieces.push([char, hits[at]]);
  });
  return pieces;
}
