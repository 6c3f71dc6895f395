import assert from "node:assert/strict";
import { test } from "node:test";

import { manualClock } from "../shared/testing.js";
import { createKnowledge, lastWords } from "./knowledge.js";
import { message } from "./testing/shapes.js";

const settle = () => new Promise((done) => setImmediate(done));

/** A knowledge base that answers each query with an article named after it, when the test lets it. */
function opened({ hold = false } = {}) {
  const clock = manualClock();
  const desk = { clock, asked: [], shown: null, release: [] };
  const api = {
    async knowledge(query, limit) {
      desk.asked.push([query, limit]);
      if (hold) await new Promise((done) => desk.release.push(done));
      if (query === "坏") throw new Error("服务器暂时出错，请稍后重试。");
      return { articles: [{ id: query }] };
    },
  };
  desk.knowledge = createKnowledge({ api, clock, changed: (found) => (desk.shown = found) });
  return desk;
}

test("the customer's last words are looked up, not a call for a person", () => {
  const said = (...texts) => texts.map((text, place) => message(place + 1, { text }));
  assert.equal(lastWords(said("软管多久换", "转人工客服")), "软管多久换");
  assert.equal(lastWords(said("软管多久换", "我要人工")), "软管多久换");
  assert.equal(lastWords(said("人工抄表几号来")), "人工抄表几号来");
  assert.equal(lastWords([message(1, { text: "软管" }), message(2, { speaker: "bot", text: "请稍等" })]), "软管");
  assert.equal(lastWords(said("嗯")), "");
  assert.equal(lastWords([message(1, { text: "软管" }), message(2, { text: "［图片］", attachment: "image" })]), "软管");
  assert.equal(lastWords([]), "");
  assert.equal(lastWords(said("长".repeat(500))).length, 200);
});

test("opening a conversation suggests a few articles, once for the same words", async () => {
  const desk = opened();
  desk.knowledge.follow("c1", "软管多久换");
  desk.knowledge.follow("c1", "软管多久换");
  await settle();
  assert.deepEqual(desk.asked, [["软管多久换", 3]]);
  assert.deepEqual([desk.shown.state, desk.shown.typed, desk.shown.articles], ["done", false, [{ id: "软管多久换" }]]);
  desk.knowledge.follow("c2", "");
  assert.deepEqual([desk.shown.state, desk.shown.articles], ["idle", []]);
});

test("typing asks once, after a pause; Enter asks at once", async () => {
  const desk = opened();
  for (const text of ["发", "发票", " 发票 "]) desk.knowledge.type(text);
  assert.deepEqual(desk.asked, []);
  desk.clock.pass(300);
  await settle();
  assert.deepEqual(desk.asked, [["发票", 6]]);
  desk.knowledge.type("发票抬头");
  desk.knowledge.search("发票抬头");
  desk.clock.pass(1000);
  assert.deepEqual(desk.asked.length, 2, "the pause is over with Enter");
});

test("what the agent looks for stays while the customer writes on, and goes with the conversation", async () => {
  const desk = opened();
  desk.knowledge.follow("c1", "软管");
  desk.knowledge.search("发票");
  await settle();
  desk.knowledge.follow("c1", "还有报警器");
  await settle();
  assert.equal(desk.shown.query, "发票");
  desk.knowledge.type("");
  await settle();
  assert.deepEqual([desk.shown.query, desk.shown.typed], ["还有报警器", false], "an emptied box goes back to the suggestions");
  desk.knowledge.search("发票");
  desk.knowledge.follow("c2", "气价");
  await settle();
  assert.equal(desk.shown.query, "气价");
});

test("an answer that comes late does not replace a newer one", async () => {
  const desk = opened({ hold: true });
  desk.knowledge.search("旧");
  desk.knowledge.search("新");
  desk.release[1]();
  await settle();
  desk.release[0]();
  await settle();
  assert.deepEqual(desk.shown.articles, [{ id: "新" }]);
});

test("a failure is told and can be tried again", async () => {
  const desk = opened();
  desk.knowledge.search("坏");
  await settle();
  assert.deepEqual([desk.shown.state, desk.shown.error], ["failed", "服务器暂时出错，请稍后重试。"]);
  desk.knowledge.search("好");
  await settle();
  assert.equal(desk.shown.state, "done");
});
