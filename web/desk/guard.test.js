import assert from "node:assert/strict";
import { test } from "node:test";

import { manualClock } from "../shared/testing.js";
import { createGuard, mended, stopping, toConfirm } from "./guard.js";

const settle = () => new Promise((done) => setImmediate(done));
const RUDE = { concern: "forbidden_phrase", found: "不知道", better: "我核实一下。" };
const PRIVATE = { concern: "personal_data", found: "王先生", better: "" };

function writing({ hold = false } = {}) {
  const clock = manualClock();
  const desk = { clock, asked: [], shown: null, release: [] };
  const api = {
    async draft(conversationId, text) {
      desk.asked.push([conversationId, text]);
      if (hold) await new Promise((done) => desk.release.push(done));
      if (text === "断网") throw new Error("连接不上服务器");
      return { findings: text.includes("不知道") ? [RUDE] : [] };
    },
  };
  desk.guard = createGuard({ api, clock, changed: (known) => (desk.shown = known) });
  return desk;
}

test("a draft is asked about once, after a pause", async () => {
  const { guard, clock, asked, ...desk } = writing();
  for (const text of ["不", "不知", " 不知道 "]) guard.type("c1", text);
  assert.deepEqual(asked, []);
  clock.pass(300);
  await settle();
  assert.deepEqual(asked, [["c1", "不知道"]]);
  assert.equal(guard.of("不知道").findings.length, 1);
  assert.equal(guard.of("不知"), null, "another text has not been looked through");
  void desk;
});

test("an emptied box has nothing to tell, also when an answer comes late", async () => {
  const desk = writing({ hold: true });
  desk.guard.type("c1", "不知道");
  desk.clock.pass(300);
  desk.guard.type("c1", "");
  desk.release[0]();
  await settle();
  assert.deepEqual(desk.shown.findings, []);
});

test("a refusal of the server is told loudly until the text changes", () => {
  const { guard, ...desk } = writing();
  guard.refused("不知道", [RUDE]);
  assert.equal(guard.of("不知道").asked, true);
  guard.type("c1", "不知道。");
  assert.equal(guard.of("不知道").asked, false);
  void desk;
});

test("what cannot be asked is left to the server", async () => {
  const desk = writing();
  desk.guard.type("c1", "断网");
  desk.clock.pass(300);
  await settle();
  assert.equal(desk.guard.of("断网"), null);
});

test("what stops a reply and what is confirmed", () => {
  const known = { findings: [RUDE, PRIVATE, { concern: "blank", found: "{服务}" }] };
  assert.deepEqual(stopping(known).map(({ found }) => found), ["不知道", "{服务}"]);
  assert.deepEqual(toConfirm(known), [PRIVATE]);
});

test("the better wording takes the place of what was found", () => {
  assert.equal(mended("您好，这个我不知道啊。请稍等", RUDE), "您好，我核实一下。请稍等");
  assert.equal(mended("不知道", RUDE), "我核实一下。");
  assert.equal(mended("已经改了", RUDE), "已经改了");
  assert.equal(mended("真烦人。", { found: "烦人", better: "（请删去）" }), "真。");
});
