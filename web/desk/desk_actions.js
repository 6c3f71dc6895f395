// What a person can do, one function each: call the server, take over its answer, say clearly when it did not work.

import { kindOf, labelOf } from "../shared/file_words.js";
import { newId } from "../shared/ids.js";
import { groupsOf } from "./groups.js";
import { createPresence } from "./presence.js";

/**
 * @param {object} parts
 * @param {object} parts.store
 * @param {object} parts.api
 * @param {object} parts.composerApi see composer_api.js
 * @param {object} parts.sending see sending.js
 * @param {object} parts.sync see thread_sync.js
 * @param {object} parts.clock
 */
export function createActions({ store, api, composerApi, sending, sync, clock }) {
  const underWay = new Set(); // "take c1": a second click does nothing

  /** Runs once at a time; an error becomes a notice. */
  async function attempt(name, work) {
    if (underWay.has(name)) return;
    underWay.add(name);
    try {
      await work();
    } catch (error) {
      if (error.status !== 401) store.dispatch("notice", { text: error.message, tone: "danger" });
    } finally {
      underWay.delete(name);
    }
  }

  const adopt = ({ conversation, now }) => store.dispatch("conversation", { conversation, now });

  function open(conversationId) {
    if (conversationId !== store.state.openId) store.dispatch("opened", { conversationId });
  }

  /** A note that could not be kept is put back into the draft of its conversation, so that nothing is lost. */
  async function keepNote(conversationId, note) {
    try {
      const { note: kept } = await composerApi.note(conversationId, note);
      store.dispatch("note", { conversation_id: conversationId, note: kept });
    } catch (error) {
      store.dispatch("note_failed", { conversationId, text: note.text, error: error.message });
    }
  }

  /** Offline messages are the first thing an agent sees on coming online (S0 在线客服). */
  function pointToOfflineMessages() {
    const rows = groupsOf(store.state).find(({ key }) => key === "offline").rows;
    if (rows.length) store.dispatch("notice", { text: `有 ${rows.length} 条离线留言，请先逐条处理。`, conversationId: rows[0].id });
  }

  return {
    open,

    take: (id) =>
      attempt(`take ${id}`, async () => {
        const answer = await api.take(id);
        adopt(answer);
        open(id);
      }),

    accept: (id) =>
      attempt(`accept ${id}`, async () => {
        const answer = await api.accept(id);
        adopt(answer);
        open(id);
      }),

    /** `leave`: see sending.js; the timeline says so then. */
    async send(id, text, leave) {
      await sending.send(id, { id: newId(), text, at: clock.now().toISOString() }, leave);
      if (leave) sync.again(id);
    },
    sendFile: (id, file) => sending.send(id, { id: newId(), text: labelOf({ kind: kindOf(file), name: file.name }), at: clock.now().toISOString(), file }),
    hold: (id) => attempt(`hold ${id}`, async () => adopt(await composerApi.hold(id))),
    note: (id, text) => keepNote(id, { id: newId(), text }),
    noteTakenBack: (conversationId) => store.dispatch("note_taken_back", { conversationId }),
    retry: (id, draft) => sending.send(id, draft),
    dropUnsent: (conversationId, id) => store.dispatch("unsent_dropped", { conversationId, id }),
    reload: (id) => sync.again(id),

    setPresence: createPresence({ store, api, cameOnline: pointToOfflineMessages }),

    // Called from forms, which show the error themselves.
    transfer: async (id, to, note) => adopt(await api.transfer(id, to, note)),
    close: async (id, outcome) => adopt(await api.close(id, outcome)),
    dismiss: async (id, reason) => adopt(await api.dismiss(id, reason)),

    async dispatchCrew(id, where) {
      const { order } = await api.dispatch(id, where);
      store.dispatch("notice", { text: `已派单：${order.number}（${order.type}）`, tone: "good", conversationId: id });
      sync.again(id);
    },

    silence: (conversationId) => store.dispatch("silenced", { conversationId }),
  };
}
