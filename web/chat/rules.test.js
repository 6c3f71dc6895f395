// What may be sent, and what the page says by itself.

import assert from "node:assert/strict";
import test from "node:test";

import { checkCompany, loadCompany } from "./company.js";
import { checkDraft, sendsOn } from "./draft.js";
import * as words from "./words.js";
import { createStorage } from "../shared/storage.js";
import { manualClock, plainStorage } from "../shared/testing.js";

test("a draft is trimmed; an empty one is refused with a reason", () => {
  assert.equal(checkDraft("  您好\n").text, "您好");
  assert.equal(checkDraft(" \n ").sendable, false);
  assert.equal(checkDraft("").refusal, "请先输入内容再发送。");
  assert.equal(checkDraft("").limit, "");
});

test("4,000 characters may be sent, 4,001 may not; an emoji is one", () => {
  assert.equal(checkDraft("气".repeat(4000)).sendable, true);
  assert.equal(checkDraft("😀".repeat(4000)).sendable, true);
  const tooLong = checkDraft("气".repeat(4001));
  assert.equal(tooLong.sendable, false);
  assert.match(tooLong.refusal, /超出 1 字.*4000/);
});

test("the space left is told when it gets narrow", () => {
  assert.equal(checkDraft("气".repeat(3699)).limit, "");
  assert.equal(checkDraft("气".repeat(3700)).limit, "还可输入 300 字");
});

test("Enter sends, but not with Shift or while Chinese is being composed", () => {
  const enter = { key: "Enter", shiftKey: false, isComposing: false, keyCode: 13 };
  assert.equal(sendsOn(enter), true);
  assert.equal(sendsOn({ ...enter, shiftKey: true }), false);
  assert.equal(sendsOn({ ...enter, isComposing: true }), false);
  assert.equal(sendsOn({ ...enter, keyCode: 229 }), false);
  assert.equal(sendsOn({ ...enter, key: "a" }), false);
});

test("the status line tells who serves the customer", () => {
  const status = { owner: "bot", starting: false, position: null, agent: null };
  assert.equal(words.statusWords(null), "");
  assert.equal(words.statusWords(status), "智能助手为您服务");
  assert.equal(words.statusWords({ ...status, owner: "queue", position: 4 }), "正在排队，前面还有 3 位");
  assert.equal(words.statusWords({ ...status, owner: "queue", position: 1 }), "正在排队，您是下一位");
  assert.equal(words.statusWords({ ...status, owner: "queue" }), "已转人工客服，将尽快回复您");
  assert.equal(words.statusWords({ ...status, owner: "agent", agent: "101" }), "客服 101 号为您服务");
  assert.equal(words.statusWords({ ...status, owner: "agent" }), "已转人工客服，正在处理");
});

test("a starting assistant is told honestly, with the hotline when it is known", () => {
  const asked = words.startingWords({ asked: true, hotline: "96777" });
  assert.equal(asked, "智能助手正在启动，您的问题已记录，稍后自动回答；如遇漏气请直接说明或拨打 96777。");
  assert.doesNotMatch(words.startingWords({ asked: false, hotline: null }), /已记录|null/);
});

test("the tab's title counts what is unread", () => {
  assert.equal(words.pageTitle("某燃气公司", 0), "某燃气公司 · 在线客服");
  assert.equal(words.pageTitle(null, 2), "(2) 燃气在线客服");
});

test("of the company only texts are taken over", () => {
  assert.deepEqual(checkCompany({ name: " 某燃气公司 ", hotline: 96777, hours: "" }), { name: "某燃气公司", hotline: null, hours: null, fileMb: null });
  assert.deepEqual(checkCompany(null), { name: null, hotline: null, hours: null, fileMb: null });
  assert.equal(checkCompany({ file_mb: 20 }).fileMb, 20);
});

test("the company is asked for until it answers, and remembered", async () => {
  const [clock, storage, seen] = [manualClock(), createStorage(() => plainStorage()), []];
  const answers = [Promise.reject(new Error("offline")), { ok: false, status: 503 }, { ok: true, json: async () => ({ name: "某燃气公司" }) }];
  const parts = { fetch: async () => answers.shift(), storage, clock, onCompany: ({ name }) => seen.push(name) };
  await loadCompany(parts);
  for (const delay of [3000, 10000]) {
    clock.pass(delay);
    await new Promise(setImmediate);
  }
  assert.deepEqual(seen, [null, "某燃气公司"]);
  await loadCompany({ ...parts, fetch: async () => ({ ok: false }) });
  assert.deepEqual(seen, [null, "某燃气公司", "某燃气公司"]);
});
