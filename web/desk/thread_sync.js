// Keeps the open conversation's messages, summary, timeline and orders fetched: when it is opened, after a gap,
// after a reconnect, and when something of the case changed that frames do not carry.

import { GONE, concerns } from "./visibility.js";

/** @param {{store: object, api: object}} parts */
export function createThreadSync({ store, api }) {
  const fetched = new Map(); // conversation → the case as it was when it was last fetched
  const underWay = new Set();

  async function fetch(id) {
    underWay.add(id);
    const asked = caseOf(store.state.conversations.get(id));
    try {
      const { now, ...detail } = await api.conversation(id);
      fetched.set(id, asked ?? caseOf(detail.conversation));
      store.dispatch("thread_loaded", { detail, now });
    } catch (error) {
      fetched.set(id, asked);
      const leftMeanwhile = error.status === 404 && store.state.threads.get(id)?.loaded;
      store.dispatch(leftMeanwhile ? "thread_kept" : "thread_failed", { conversationId: id, error: error.message });
    } finally {
      underWay.delete(id);
      check();
    }
  }

  function check() {
    const { openId: id, threads, conversations, me } = store.state;
    const thread = threads.get(id);
    if (!me || !thread || thread.error || underWay.has(id)) return;
    const summary = conversations.get(id);
    const unknown = summary?.owner === GONE && thread.stale; // asked for once: an own one that was closed may be read
    if (thread.loaded && summary && hasLeft(me, summary) && !unknown) return; // reading it is not allowed any more
    const changed = summary && fetched.has(id) && fetched.get(id) !== caseOf(summary);
    if (!thread.loaded || thread.stale || changed) void fetch(id);
  }

  return {
    check,
    /** After an error, or to be sure. */
    again(id) {
      if (!underWay.has(id)) void fetch(id);
    },
  };
}

function hasLeft(me, summary) {
  return summary.owner !== "closed" && !concerns(me, summary);
}

/** The fields whose change also changes the hand-over, the timeline or the orders. */
function caseOf(summary) {
  if (!summary) return null;
  const { owner, staff_id, breaches, emergency, handoff_reason } = summary;
  return JSON.stringify([owner, staff_id, breaches, handoff_reason, emergency]);
}
