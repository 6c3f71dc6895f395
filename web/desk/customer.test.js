import assert from "node:assert/strict";
import { test } from "node:test";

import { createCustomer } from "./customer.js";
import { channelsText, pastText } from "./customer_words.js";
import { iso, summary, T } from "./testing/shapes.js";

const settle = () => new Promise((done) => setImmediate(done));

function opened() {
  const desk = { now: T, asked: [], shown: null, hold: null, tags: [] };
  const api = {
    async card(id) {
      desk.asked.push(`card ${id}`);
      if (desk.hold) await desk.hold;
      if (id === "bad") throw new Error("服务器暂时出错，请稍后重试。");
      return { customer: { name: id, tags: desk.tags } };
    },
    async reveal(id, field) {
      desk.asked.push(`reveal ${id} ${field}`);
      if (field === "holder") throw new Error("您没有接待这个会话。");
      return { field, value: "13000000001", until: iso(T + 60_000) };
    },
    async verify(id, stated) {
      return { matched: stated.phone === "1" };
    },
    addTag: async (id, text) => ({ tags: (desk.tags = [...desk.tags, { text }]) }),
  };
  desk.customer = createCustomer({ api, now: () => desk.now, changed: (found) => (desk.shown = found) });
  return desk;
}

test("the card is read once for the same state of a conversation, and again when it changes", async () => {
  const desk = opened();
  desk.customer.follow(summary({ account_state: "unknown" }), 0);
  desk.customer.follow(summary({ account_state: "unknown", last_message: {} }), 0);
  await settle();
  assert.deepEqual([desk.asked, desk.shown.customer.name], [["card c1"], "c1"]);
  desk.customer.follow(summary({ account_state: "matched" }), 0);
  desk.customer.follow(summary({ account_state: "matched" }), 1);
  assert.equal(desk.asked.length, 3);
});

test("a revealed field is hidden when its time is up, by the server's clock", async () => {
  const desk = opened();
  desk.customer.follow(summary({}), 0);
  await desk.customer.reveal("phone");
  assert.equal(desk.shown.shown.get("phone").value, "13000000001");
  desk.now = T + 59_999;
  desk.customer.tick();
  assert.equal(desk.shown.shown.size, 1);
  desk.now = T + 60_000;
  desk.customer.tick();
  assert.equal(desk.shown.shown.size, 0);
});

test("another conversation hides what was revealed, also what is only just being answered", async () => {
  const desk = opened();
  desk.customer.follow(summary({}), 0);
  await desk.customer.reveal("phone");
  const late = desk.customer.reveal("address");
  desk.customer.follow(summary({ id: "c2" }), 0);
  await late;
  assert.deepEqual([desk.shown.id, desk.shown.shown.size], ["c2", 0]);
});

test("a card that comes late does not show beside another conversation", async () => {
  const desk = opened();
  let release;
  desk.hold = new Promise((done) => (release = done));
  desk.customer.follow(summary({}), 0);
  desk.hold = null;
  desk.customer.follow(summary({ id: "c2" }), 0);
  await settle();
  release();
  await settle();
  assert.equal(desk.shown.customer.name, "c2");
});

test("errors are told: of the card in its place, of an act to whoever asked", async () => {
  const desk = opened();
  desk.customer.follow(summary({ id: "bad" }), 0);
  await settle();
  assert.deepEqual([desk.shown.state, desk.shown.error], ["failed", "服务器暂时出错，请稍后重试。"]);
  await assert.rejects(desk.customer.reveal("holder"), /没有接待/);
});

test("verifying tells the outcome and reads the card again; tags change at once", async () => {
  const desk = opened();
  desk.customer.follow(summary({}), 0);
  await settle();
  assert.equal(await desk.customer.verify({ number: "1", phone: "2" }), false);
  assert.equal(await desk.customer.verify({ number: "1", phone: "1" }), true);
  await settle();
  assert.equal(desk.asked.filter((each) => each === "card c1").length, 3);
  await desk.customer.addTag("老年用户");
  assert.deepEqual(desk.shown.customer.tags, [{ text: "老年用户" }]);
});

test("a customer's channels and past conversations in words", () => {
  assert.equal(channelsText([{ channel: "web" }]), "网页");
  assert.equal(channelsText([{ channel: "web" }, { channel: "wechat" }]), "网页、微信（2 个渠道已关联）");
  const other = { channel: "wechat", opened_at: iso(T), category: "", owner: "agent", staff_id: "102" };
  assert.match(pastText(other, new Map([["102", { presence: "busy" }]])), /微信 · 进行中：工号 102（置忙）$/);
  assert.match(pastText({ ...other, owner: "closed", category: "报数" }), /微信 · 报数 · 工号 102$/);
});

test("a card that was asked for before a tag was added does not take it away", async () => {
  const desk = opened();
  let release;
  desk.hold = new Promise((done) => (release = done));
  desk.customer.follow(summary({}), 0);
  desk.hold = null;
  await desk.customer.addTag("老年用户");
  await settle();
  desk.tags = [];
  release();
  await settle();
  assert.deepEqual(desk.shown.customer.tags, [{ text: "老年用户" }]);
});
