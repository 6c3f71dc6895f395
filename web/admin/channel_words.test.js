import assert from "node:assert/strict";
import { test } from "node:test";

import { factRows, filledIn, lastWords, stateWords } from "./channel_words.js";

const now = new Date(2026, 0, 5, 10, 0);
const at = new Date(2026, 0, 5, 9, 5).toISOString();
const channel = { source: "none", variables: "GASDESK_TELEGRAM__", saved: null, problem: "", last_in: null, last_out: null, trouble: null };
const row = (name, facts) => factRows({ ...channel, ...facts }, now).find((each) => each.name === name);

test("a state is told in words, and trouble is not hidden behind it", () => {
  assert.deepEqual(stateWords({ state: "running", trouble: null }), { text: "运行中", tone: "good" });
  assert.deepEqual(stateWords({ state: "running", trouble: { at, text: "" } }), { text: "运行中，发送有问题", tone: "bad" });
  assert.equal(stateWords({ state: "off" }).text, "未启用");
  assert.equal(stateWords({ state: "failed" }).tone, "bad");
});

test("where the settings come from", () => {
  assert.equal(row("设置来自", {}).value, "还没有设置");
  assert.equal(row("设置来自", { source: "page", saved: { staff_id: "901", at } }).value, "本页，工号 901 保存于今天 09:05");
  assert.match(row("设置来自", { source: "environment" }).value, /^环境变量 GASDESK_TELEGRAM__…，优先于本页$/);
  assert.match(row("设置来自", { source: "environment", saved: { staff_id: "901", at } }).value, /现在不起作用$/);
});

test("what went wrong comes with what to do", () => {
  assert.equal(row("最近问题", {}), undefined);
  assert.match(row("最近问题", { trouble: { at, text: "平台没有接受。" } }).value, /^今天 09:05：平台没有接受。点“检测”/);
  assert.equal(row("问题", { problem: "无法解密" }).tone, "bad");
});

test("no message yet", () => assert.equal(lastWords(null, now), "没有"));

test("a secret left empty stays, one marked is dropped", () => {
  const fields = [{ name: "token", kind: "secret" }, { name: "old", kind: "secret" }, { name: "mode", kind: "choice" }];
  const values = { token: "", old: "", mode: "polling" };
  assert.deepEqual(filledIn(fields, (name) => values[name], (name) => name === "old"), { token: "", old: null, mode: "polling" });
});
