import assert from "node:assert/strict";
import { test } from "node:test";

import { createStorage } from "../shared/storage.js";
import { ApiError } from "../shared/staff_api.js";
import { createSession } from "./session.js";
import { createStore } from "./store.js";
import { T, iso, staff, summary } from "./testing/shapes.js";

const ME = staff({});
const clock = { now: () => new Date(T) };
const mine = summary({ owner: "agent", staff_id: "101" });
const ended = new ApiError({ status: 401, code: "signed_out", message: "请登录" });

/** A page with the session storage of the tab; the same storage again is the page after a reload. */
function page(storage, api = {}) {
  const store = createStore(clock);
  const said = [];
  const live = { opened: 0, open: () => (live.opened += 1), close: () => (live.opened = 0) };
  const calls = { login: async () => ({ staff: ME }), me: async () => ({ staff: ME }), logout: async () => null, breaches: async () => ({ breaches: [] }), ...api };
  const inspector = { who: null, me: () => inspector.who, enter: (me) => (inspector.who = me), leave: () => (inspector.who = null) };
  const session = createSession({ store, api: calls, live, storage, clock, inspector, onSignedOut: (why) => said.push(why) });
  store.subscribe((after, before) => session.keep(after, before));
  const snapshot = () => {
    store.dispatch("snapshot", { me: ME, conversations: [mine], staff: [ME], now: iso(T) });
    session.onSnapshot();
  };
  return { store, session, live, said, snapshot, inspector };
}

const memory = () => createStorage(() => null);

test("after a reload the open conversation and the unconfirmed messages are back, with their ids", async () => {
  const storage = memory();
  const first = page(storage);
  await first.session.signIn("101", "x");
  first.snapshot();
  first.store.dispatch("opened", { conversationId: "c1" });
  first.store.dispatch("sending", { conversationId: "c1", id: "x", text: "您好", at: iso(T) });

  const second = page(storage);
  await second.session.resume();
  second.snapshot();
  assert.equal(second.store.state.openId, "c1");
  assert.deepEqual(second.store.state.threads.get("c1").outbox.map(({ id, text, state }) => [id, text, state]), [["x", "您好", "failed"]]);
});

test("a session that ended asks to sign in again and keeps the drafts", async () => {
  const storage = memory();
  const { session, store, live, said } = page(storage);
  await session.signIn("101", "x");
  session.keepsakes().keepDraft("c1", "您好");
  session.ended();
  assert.deepEqual([store.state.me, live.opened, said], [null, 0, ["登录已失效，请重新登录。未发送的内容已保留。"]]);
  await session.signIn("101", "x");
  assert.equal(session.keepsakes().draft("c1"), "您好");
});

test("signing out by hand leaves no draft on a shared seat", async () => {
  const { session, said } = page(memory());
  await session.signIn("101", "x");
  session.keepsakes().keepDraft("c1", "您好");
  await session.signOut();
  await session.signIn("101", "x");
  assert.deepEqual([session.keepsakes().draft("c1"), said], ["", [""]]);
});

test("a lost connection is told from an ended session", async () => {
  let answer = async () => ({ staff: ME });
  const { session, store } = page(memory(), { me: () => answer() });
  await session.signIn("101", "x");
  answer = () => Promise.reject(new ApiError({ status: 0, code: "unreachable", message: "连接不上" }));
  await session.probe();
  assert.equal(store.state.me?.staff_id, "101");
  answer = () => Promise.reject(ended);
  await session.probe();
  assert.equal(store.state.me, null);
});

test("at start: not signed in is no error, an unreachable server is", async () => {
  const fresh = page(memory(), { me: () => Promise.reject(ended) });
  await fresh.session.resume();
  assert.deepEqual(fresh.said, [""]);
  const gone = page(memory(), { me: () => Promise.reject(new ApiError({ status: 0, code: "unreachable", message: "连接不上服务器" })) });
  await gone.session.resume();
  assert.deepEqual(gone.said, ["连接不上服务器"]);
});

test("an administrator is told that this page is not for him", async () => {
  const { session, store, said } = page(memory(), { login: async () => ({ staff: staff({ role: "admin" }) }) });
  await session.signIn("901", "x");
  assert.equal(store.state.me, null);
  assert.match(said[0], /没有坐席权限/);
});

test("an inspector has a page of his own, without a live connection, until his session ends", async () => {
  const { session, store, live, inspector, said } = page(memory(), { login: async () => ({ staff: staff({ staff_id: "301", role: "inspector" }) }) });
  await session.signIn("301", "x");
  assert.deepEqual([inspector.who.staff_id, store.state.me, live.opened], ["301", null, 0]);
  session.ended();
  assert.equal(inspector.who, null);
  assert.match(said[0], /登录已失效/);
});
