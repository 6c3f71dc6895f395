import assert from "node:assert/strict";
import { test } from "node:test";

import { createPresence } from "./presence.js";
import { createStore } from "./store.js";
import { T, iso, staff } from "./testing/shapes.js";

const settle = () => new Promise((done) => setImmediate(done));

/** A person who is offline, and a server that answers when `desk.answer()` is called. */
function atDesk() {
  const store = createStore({ now: () => new Date(T) });
  const me = staff({ presence: "offline" });
  store.dispatch("snapshot", { me, conversations: [], staff: [me], now: iso(T) });
  const desk = { store, asked: [], online: 0, waiting: [] };
  const api = {
    presence: (presence, reason) =>
      new Promise((resolve, reject) => {
        desk.asked.push(reason ? [presence, reason] : [presence]);
        desk.waiting.push({ resolve: () => resolve({ staff: staff({ presence }), now: iso(T) }), reject });
      }),
  };
  desk.choose = createPresence({ store, api, cameOnline: () => (desk.online += 1) });
  desk.answer = () => (desk.waiting.shift().resolve(), settle());
  desk.refuse = (error) => (desk.waiting.shift().reject(error), settle());
  return desk;
}

test("of several choices before the first answer the last one is asked for as well", async () => {
  const desk = atDesk();
  for (const choice of ["away", "online", "busy"]) void desk.choose(choice);
  assert.deepEqual(desk.asked, [["away"]]);
  await desk.answer();
  assert.deepEqual(desk.asked, [["away"], ["busy"]]);
  await desk.answer();
  assert.equal(desk.store.state.me.presence, "busy");
  assert.equal(desk.online, 0);
});

test("the choice is shown until the server has answered it", async () => {
  const desk = atDesk();
  void desk.choose("away");
  void desk.choose("busy", "开会");
  await desk.answer();
  assert.deepEqual([desk.store.state.me.presence, desk.store.state.presenceWish], ["away", "busy"]);
  await desk.answer();
  assert.equal(desk.store.state.presenceWish, null);
});

test("a choice that is refused is told and given up", async () => {
  const desk = atDesk();
  void desk.choose("online");
  await desk.refuse(Object.assign(new Error("今天的小休时间已用完"), { status: 409 }));
  assert.equal(desk.store.state.notices.at(-1).text, "今天的小休时间已用完");
  assert.deepEqual([desk.store.state.me.presence, desk.store.state.presenceWish, desk.online], ["offline", null, 0]);
});

test("who comes online is pointed to what was left meanwhile", async () => {
  const desk = atDesk();
  void desk.choose("online");
  await desk.answer();
  assert.equal(desk.online, 1);
});
