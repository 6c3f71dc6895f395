// What a person chooses while the server has not answered the choice before it yet: the last choice counts.

/**
 * @param {object} parts
 * @param {object} parts.store
 * @param {object} parts.api see ../shared/staff_api.js
 * @param {() => void} parts.cameOnline
 * @returns {(state: string, reason?: string) => Promise<void>}
 */
export function createPresence({ store, api, cameOnline }) {
  let wish = null; // not asked for yet
  let underWay = false;

  async function fulfil({ state, reason }) {
    const before = store.state.me?.presence;
    try {
      store.dispatch("staff", await api.presence(state, reason));
      if (state === "online" && before !== "online") cameOnline();
    } catch (error) {
      if (error.status !== 401) store.dispatch("notice", { text: error.message, tone: "danger" });
    }
  }

  return async (state, reason) => {
    wish = { state, reason };
    store.dispatch("presence_wished", { presence: state });
    if (underWay) return;
    underWay = true;
    while (wish) {
      const next = wish;
      wish = null;
      await fulfil(next);
    }
    underWay = false;
    store.dispatch("presence_wished", { presence: null });
  };
}
