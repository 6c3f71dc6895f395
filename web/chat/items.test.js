import assert from "node:assert/strict";
import test from "node:test";

import { items } from "./items.js";

const moment = { now: new Date(2026, 0, 5, 12, 0), online: true };
const at = (minute, day = 5) => new Date(2026, 0, day, 9, minute).toISOString();
const message = (id, parts) => ({ id, seq: 1, at: at(0), speaker: "bot", kind: "answer", agent: null, text: id, choices: [], delivery: null, error: null, ...parts });
const own = (id, parts) => message(id, { speaker: "customer", delivery: "delivered", ...parts });
const question = (id, parts) => message(id, { kind: "question", choices: [{ title: "对", payload: "/affirm" }, { title: "不对", payload: "/deny" }], ...parts });
const shown = (...messages) => items(messages, moment).filter(({ look }) => look !== "day");

test("each day has its line", () => {
  const all = items([message("a", { at: at(0, 4) }), message("b"), message("c")], moment);
  assert.deepEqual(all.map((item) => item.words ?? item.key), ["昨天", "a", "今天", "b", "c"]);
});

test("a speaker is named when he begins, and the time told when it changes", () => {
  const all = shown(message("a"), message("b"), message("c", { at: at(1) }), message("d", { speaker: "agent", agent: "101", at: at(1) }));
  assert.deepEqual(all.map(({ name }) => name), ["智能助手", null, null, "客服 101 号"]);
  assert.deepEqual(all.map(({ time }) => time), ["09:00", "", "09:01", "09:01"]);
});

test("a speaker is named again after a safety card", () => {
  const [, second] = shown(message("a", { kind: "safety", speaker: "system" }), message("b", { speaker: "system" }));
  assert.equal(second.name, "客服系统");
});

test("another agent is named again", () => {
  const [, second] = shown(message("a", { speaker: "agent", agent: "101" }), message("b", { speaker: "agent", agent: "102" }));
  assert.equal(second.name, "客服 102 号");
});

test("safety, quiet lines and the customer's own look different", () => {
  const looks = shown(message("a", { kind: "safety" }), message("b", { kind: "waiting_prompt", speaker: "agent" }), message("c", { kind: "notice" }), own("d"), message("e", { kind: "survey" }));
  assert.deepEqual(looks.map(({ look }) => look), ["safety", "line", "line", "own", "bubble"]);
});

test("choices are open until anything is answered", () => {
  assert.equal(shown(question("q"))[0].open, true);
  assert.equal(shown(question("q"), message("more"))[0].open, true);
  assert.equal(shown(question("q"), own("something else"))[0].open, false);
  assert.equal(shown(question("q"), question("r"))[0].open, false);
  assert.equal(shown(question("q"), question("r"))[1].open, true);
});

test("a person who takes over ends what the assistant asked, not what he asked himself", () => {
  const agent = { speaker: "agent", agent: "101" };
  assert.equal(shown(question("cancel the queue"), message("hello", agent))[0].open, false);
  assert.equal(shown(question("rate me", agent), message("please", agent))[0].open, true);
});

test("an answer by payload shows the title and marks the choice", () => {
  const [asked, answer] = shown(question("q"), own("a", { text: "/deny" }));
  assert.equal(answer.text, "不对");
  assert.deepEqual(asked.choices.map(({ chosen }) => chosen), [false, true]);
});

test("only the first answer belongs to the question", () => {
  const [asked, , second] = shown(question("q"), own("a"), own("b", { text: "/affirm" }));
  assert.deepEqual(asked.choices.map(({ chosen }) => chosen), [false, false]);
  assert.equal(second.text, "/affirm");
});

test("delivery is told in words, by the state of the network", () => {
  const pending = own("a", { seq: null, delivery: "pending" });
  assert.equal(items([pending], moment)[1].deliveryWords, "发送中…");
  assert.equal(items([pending], { ...moment, online: false })[1].deliveryWords, "等待网络，恢复后自动发送");
  assert.equal(shown(own("a", { delivery: "failed", error: "太快" }))[0].deliveryWords, "未能发送：太快");
});

const survey = (id) => message(id, { kind: "survey", speaker: "system", choices: [{ title: "非常满意", payload: "评价：5 非常满意" }, { title: "满意", payload: "评价：4 满意" }] });

test("a survey can be answered late, once, and does not close a question", () => {
  const asked = shown(survey("s"), own("您好"), question("q"));
  assert.deepEqual(asked.map(({ open }) => open), [true, false, true]);
  const answered = shown(survey("s"), own("您好"), question("q"), own("a", { text: "评价：4 满意" }));
  assert.deepEqual(answered.map(({ open }) => open), [false, false, true, false]);
  assert.equal(answered[3].text, "满意");
  assert.deepEqual(answered[0].choices.map(({ chosen }) => chosen), [false, true]);
});
