import assert from "node:assert/strict";
import { test } from "node:test";

import { NOTHING, createSuggestion } from "./suggestion.js";

const settle = () => new Promise((done) => setImmediate(done));

/** An assistant that answers each question when the test lets it. */
function opened() {
  const desk = { asked: [], shown: [], answers: new Map() };
  const ask = (id, seq) => {
    desk.asked.push(`${id}/${seq}`);
    return new Promise((done, fail) => desk.answers.set(`${id}/${seq}`, { done, fail }));
  };
  desk.follow = createSuggestion({ ask, changed: (found) => desk.shown.push(found) });
  return desk;
}

test("a question is asked once, and answered", async () => {
  const desk = opened();
  desk.follow("c1", 3);
  desk.follow("c1", 3);
  assert.deepEqual(desk.asked, ["c1/3"]);
  assert.equal(desk.shown.at(-1).state, "loading");
  desk.answers.get("c1/3").done({ intent: { label: "缴费" }, text: "好的" });
  await settle();
  assert.deepEqual(desk.shown.at(-1), { state: "done", intent: { label: "缴费" }, text: "好的", error: "" });
});

test("an answer that comes too late is dropped", async () => {
  const desk = opened();
  desk.follow("c1", 3);
  desk.follow("c2", 3);
  desk.answers.get("c1/3").done({ intent: null, text: "旧" });
  await settle();
  assert.equal(desk.shown.at(-1).state, "loading");
  desk.answers.get("c2/3").fail(new Error("智能助手暂时没有回应"));
  await settle();
  assert.equal(desk.shown.at(-1).error, "智能助手暂时没有回应");
});

test("nothing to answer, nothing shown", async () => {
  const desk = opened();
  desk.follow("c1", 3);
  desk.follow("c1", null);
  assert.deepEqual(desk.shown.at(-1), NOTHING);
  desk.answers.get("c1/3").done({ intent: null, text: "旧" });
  await settle();
  assert.deepEqual(desk.shown.at(-1), NOTHING);
});
