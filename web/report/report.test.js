import assert from "node:assert/strict";
import { test } from "node:test";

import { factsOf, stepsOf } from "./report.js";

const order = (fields) => ({ number: "20260105-0001", type: "派单", urgency: "普通", stage: "已派单", state: "未完成", address: "1号楼", summary: "漏水", contact_phone: "130-0000-0001", contact_time: "", due_at: null, notes: "", result: "", reported_at: null, ...fields });

test("what is still to be done", () => {
  assert.deepEqual([stepsOf(order({})).arrive, stepsOf(order({})).report], [true, true]);
  const there = stepsOf(order({ stage: "处理中" }));
  assert.deepEqual([there.arrive, there.report], [false, true]);
  const done = stepsOf(order({ stage: "已反馈", state: "已完成", reported_at: "x" }));
  assert.deepEqual([done.arrive, done.report, done.text], [false, false, "结果已提交：已解决。谢谢！"]);
  assert.equal(stepsOf(order({ stage: "已反馈", reported_at: "x" })).text, "结果已提交：没有解决。谢谢！");
});

test("an order that was sent out again is to be reported on again", () => {
  assert.equal(stepsOf(order({ reported_at: "x" })).report, true);
});

test("the telephone number can be tapped, what is empty is left out", () => {
  const facts = factsOf(order({}), () => "");
  assert.deepEqual(facts.find(([name]) => name === "联系电话"), ["联系电话", "130-0000-0001", "tel:13000000001"]);
  assert.deepEqual(facts.map(([name]) => name), ["工单号", "类型", "地址", "内容", "联系电话"]);
});
