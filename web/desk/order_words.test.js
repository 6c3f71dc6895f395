import assert from "node:assert/strict";
import { test } from "node:test";

import { ACT_NAMES, actsOf } from "./order_words.js";

const AGENT = { role: "agent" };
const LEAD = { role: "lead" };
const order = (stage, fields = {}) => ({ stage, state: "未完成", due_at: "2026-01-08T02:00:00.000Z", extension: null, ...fields });

test("what may be done at each stage, the likeliest first", () => {
  assert.deepEqual(actsOf(order("受理"), AGENT), ["dispatch", "answer", "note", "assign", "extend", "edit", "print"]);
  assert.deepEqual(actsOf(order("已派单"), AGENT), ["report", "note", "assign", "redirect", "link", "extend", "edit", "print"]);
  assert.deepEqual(actsOf(order("已反馈", { state: "已完成" }), AGENT), ["answer", "archive", "note", "edit", "print"]);
  assert.deepEqual(actsOf(order("已归档", { state: "已完成" }), AGENT), ["note", "edit", "print"]);
});

test("an extension is decided by the lead only, and asked for once", () => {
  const asked = order("已派单", { extension: { until: "", reason: "等配件" } });
  assert.equal(actsOf(asked, LEAD)[0], "decide");
  assert.ok(!actsOf(asked, AGENT).includes("decide"));
  assert.ok(!actsOf(asked, AGENT).includes("extend"));
});

test("every act has a name", () => {
  for (const act of actsOf(order("已派单", { extension: {} }), LEAD)) assert.ok(ACT_NAMES[act], act);
});
