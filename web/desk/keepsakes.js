// What must survive a reload or a new sign-in: drafts, messages not yet confirmed, the open conversation.
// Kept per person in the tab's session storage; signing out by hand clears it.

export function createKeepsakes(storage, staffId) {
  const draftKey = (id) => `desk.${staffId}.draft.${id}`;
  const unsentKey = (id) => `desk.${staffId}.unsent.${id}`;
  const openKey = `desk.${staffId}.open`;

  return {
    draft: (id) => storage.get(draftKey(id)) ?? "",

    keepDraft(id, text) {
      if (text) storage.set(draftKey(id), text);
      else storage.remove(draftKey(id));
    },

    /** @param {{id: string, text: string, at: string}[]} outbox */
    keepUnsent(conversationId, outbox) {
      const texts = outbox.filter(({ file }) => !file); // a file does not outlive the page
      if (texts.length) storage.set(unsentKey(conversationId), JSON.stringify(texts.map(({ id, text, at }) => ({ id, text, at }))));
      else storage.remove(unsentKey(conversationId));
    },

    /** @returns {{conversationId: string, id: string, text: string, at: string}[]} */
    unsent() {
      const beginning = unsentKey("");
      return storage.keys(beginning).flatMap((key) => parse(storage.get(key)).map((draft) => ({ ...draft, conversationId: key.slice(beginning.length) })));
    },

    open: () => storage.get(openKey),

    keepOpen(id) {
      if (id) storage.set(openKey, id);
      else storage.remove(openKey);
    },

    clear() {
      for (const key of storage.keys(`desk.${staffId}.`)) storage.remove(key);
    },
  };
}

function parse(json) {
  try {
    return JSON.parse(json ?? "[]");
  } catch {
    return [];
  }
}
