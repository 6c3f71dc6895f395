import assert from "node:assert/strict";
import { test } from "node:test";

import { createOrders } from "./orders.js";

function stage({ list, one } = {}) {
  const asked = [];
  const later = [];
  const api = {
    list: (wanted) => (asked.push(wanted), list ? list(wanted) : Promise.resolve({ orders: [{ number: wanted.state }], cutoffs: ["11:10"] })),
    undelivered: async () => ({ webhooks: [] }),
    one: one ?? (async (number) => ({ order: { number } })),
  };
  const orders = createOrders({ api, clock: { after: (_, act) => later.push(act) }, changed: () => {} });
  return { orders, asked, later };
}

const settled = () => new Promise((done) => setImmediate(done));

test("closed, only what has to leave is fetched; open, the list as well", async () => {
  const { orders, asked } = stage();
  await orders.load();
  assert.deepEqual(asked, [{ state: "leaving" }]);
  orders.show(true);
  await settled();
  assert.deepEqual(asked.slice(1), [{ state: "open" }, { state: "leaving" }]);
  assert.deepEqual(orders.state.orders, [{ number: "open" }]);
});

test("filters that are empty are not sent", async () => {
  const { orders, asked } = stage();
  orders.show(true);
  await orders.want({ state: "", q: "平安路" });
  assert.deepEqual(asked.at(-2), { q: "平安路" });
});

test("an answer that was overtaken by a newer question is dropped", async () => {
  const answers = [];
  const { orders } = stage({ list: (wanted) => new Promise((done) => answers.push(() => done({ orders: [{ number: wanted.type ?? wanted.state }], cutoffs: [] }))) });
  orders.show(true);
  void orders.want({ type: "派单" });
  await settled();
  for (const answer of [...answers].reverse()) answer();
  await settled();
  assert.deepEqual(orders.state.orders, [{ number: "派单" }]);
});

test("several frames in a row are one reload", () => {
  const { orders, later } = stage();
  for (let count = 0; count < 5; count += 1) orders.hear();
  assert.equal(later.length, 1);
});

test("an order that was left meanwhile is not shown", async () => {
  const answers = {};
  const { orders } = stage({ one: (number) => new Promise((done) => (answers[number] = () => done({ order: { number } }))) });
  void orders.open("1");
  void orders.open("2");
  answers[2]();
  answers[1]();
  await settled();
  assert.equal(orders.state.detail.order.number, "2");
});

test("a failure is told and what was there stays", async () => {
  const { orders } = stage({ list: async () => { throw Object.assign(new Error("连接不上"), { status: 0 }); } });
  await orders.load();
  assert.equal(orders.state.error, "连接不上");
});
