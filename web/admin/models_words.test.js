import assert from "node:assert/strict";
import { test } from "node:test";

import { chanceWords, changeWords, intervalWords, modelName, rangeWords, releasable, shareWords, trialRows, whyNot } from "./models_words.js";

const gate = (passed, fixed = false) => ({ passed, fixed });
const run = (more = {}) => ({ state: "ready", model: "new", live_model: "old", gates: [gate(true, true), gate(true)], ...more });

test("a model is called by the digits of its name", () => {
  assert.equal(modelName("gasdesk-0a1b2c.tar.gz"), "0a1b2c");
  assert.equal(modelName(null), "—");
});

test("shares and their change with the interval", () => {
  assert.equal(shareWords(92, 100), "92.0%（92/100）");
  assert.equal(changeWords({ of: 100, live: 92, candidate: 98, low: -0.001, high: 0.121 }), "+6.0 个百分点（-0.1 到 +12.1）");
  assert.equal(changeWords({ of: 100, live: 92, candidate: 92, low: 0, high: 0 }), "没有变化");
  assert.equal(changeWords({ of: 0, live: 0, candidate: 0, low: 0, high: 0 }), "—");
});

test("what passed goes; what failed needs a reason; an emergency gate cannot be passed", () => {
  assert.equal(releasable(run(), "old"), "yes");
  assert.equal(releasable(run({ gates: [gate(false)] }), "old"), "reason");
  assert.equal(releasable(run({ gates: [gate(false, true), gate(true)] }), "old"), "no");
  assert.match(whyNot(run({ gates: [gate(false, true)] }), "old"), /险情/);
});

test("neither the live model nor one compared with an older one is released", () => {
  assert.equal(releasable(run({ model: "old" }), "old"), "no");
  assert.equal(releasable(run(), "newer"), "no");
  assert.match(whyNot(run(), "newer"), /重新训练/);
  assert.equal(releasable(run({ state: "failed" }), "old"), "no");
});

test("what both models do during a trial stands side by side, with how sure it is", () => {
  const none = { hits: 0, of: 0, low: 0, high: 1 };
  const arm = (more) => ({ conversations: 0, answers: 0, fallback: none, failed: none, handed_over: none, unhelpful: none, p50: 0, p95: 0, ...more });
  const rows = trialRows({ live: arm(), candidate: arm({ conversations: 25, answers: 60, handed_over: { hits: 2, of: 25, low: 0.022, high: 0.25 }, p50: 24.4, p95: 61.6 }) });
  assert.deepEqual(rows[0], ["新会话", "0", "25"]);
  assert.deepEqual(rows[4], ["转人工（占会话）", "—", "8.0%（2/25，2.2–25.0%）"]);
  assert.deepEqual(rows[6], ["答复用时（中位 / 95%）", "—", "24 / 62 毫秒"]);
  assert.equal(intervalWords(none), "—");
});

test("a share has its range, a difference its chance; earlier trainings have neither", () => {
  assert.equal(rangeWords(92, 100, [0.85, 0.9589]), "92.0%（92/100，85.0–95.9%）");
  assert.equal(rangeWords(92, 100, undefined), "92.0%（92/100）");
  assert.equal(rangeWords(0, 0, [0, 1]), "—");
  assert.deepEqual([chanceWords(0.0004), chanceWords(0.1094), chanceWords(undefined)], ["小于 0.1%", "10.9%", "—"]);
});

test("a candidate that breaks a dialogue is told apart from one that misses emergencies", () => {
  assert.match(whyNot(run({ gates: [{ name: "dialogues", passed: false, fixed: true }] }), "old"), /对话测试没有通过/);
  assert.match(whyNot(run({ gates: [{ name: "emergency_recall", passed: false, fixed: true }] }), "old"), /险情识别变差/);
});
