import assert from "node:assert/strict";
import { test } from "node:test";

import { createStore } from "./store.js";
import { T, iso, message, staff, summary } from "./testing/shapes.js";
import { createThreadSync } from "./thread_sync.js";

const ME = staff({});
const mine = (fields) => summary({ owner: "agent", staff_id: "101", ...fields });
const settle = () => new Promise((done) => setImmediate(done));

/** A desk with one own conversation, whose fetches are counted and answered with `answer`. */
async function opened(answer = (conversation) => ({ conversation, messages: [message(1)], handoff: null, timeline: [], orders: [] })) {
  const store = createStore({ now: () => new Date(T) });
  const desk = { store, fetched: 0 };
  const api = {
    async conversation(id) {
      desk.fetched += 1;
      return answer(store.state.conversations.get(id));
    },
  };
  const sync = createThreadSync({ store, api });
  store.subscribe(() => sync.check());
  desk.snapshot = (...conversations) => store.dispatch("snapshot", { me: ME, conversations, staff: [ME], now: iso(T) });
  desk.change = (fields, seconds) => store.dispatch("conversation", { conversation: mine(fields), now: iso(T + seconds * 1000) });
  desk.snapshot(mine());
  store.dispatch("opened", { conversationId: "c1" });
  await settle();
  return desk;
}

test("opening fetches once", async () => {
  const desk = await opened();
  desk.store.dispatch("visibility", { visible: true });
  await settle();
  assert.equal(desk.fetched, 1);
});

test("a message does not fetch, a gap and a reconnect do", async () => {
  const desk = await opened();
  desk.store.dispatch("message", { conversation_id: "c1", message: message(2) });
  await settle();
  assert.equal(desk.fetched, 1);
  desk.store.dispatch("message", { conversation_id: "c1", message: message(4) });
  await settle();
  assert.equal(desk.fetched, 2);
  desk.snapshot(mine());
  await settle();
  assert.equal(desk.fetched, 3);
});

test("a change of the case fetches its timeline and orders", async () => {
  const desk = await opened();
  desk.change({ breaches: 1 }, 1);
  await settle();
  assert.equal(desk.fetched, 2);
  desk.change({ breaches: 1, waiting_since: iso(T) }, 2);
  await settle();
  assert.equal(desk.fetched, 2);
});

test("a conversation that went to somebody else is not asked for again", async () => {
  const desk = await opened();
  desk.change({ staff_id: "102" }, 1);
  await settle();
  assert.equal(desk.fetched, 1);
});

test("what went away while it was being fetched stays in sight, without an error", async () => {
  let gone = false;
  const desk = await opened((conversation) =>
    gone ? Promise.reject(Object.assign(new Error("会话不存在"), { status: 404 })) : { conversation, messages: [message(1)], handoff: null, timeline: [], orders: [] },
  );
  gone = true;
  desk.snapshot(mine());
  await settle();
  const { error, stale, messages } = desk.store.state.threads.get("c1");
  assert.deepEqual([error, stale, messages.length, desk.fetched], ["", false, 1, 2]);
});

test("an error is shown and not repeated until the next connection", async () => {
  const desk = await opened(() => Promise.reject(new Error("连接不上")));
  assert.equal(desk.store.state.threads.get("c1").error, "连接不上");
  desk.store.dispatch("visibility", { visible: true });
  await settle();
  assert.equal(desk.fetched, 1);
  desk.snapshot(mine());
  await settle();
  assert.equal(desk.fetched, 2);
});
