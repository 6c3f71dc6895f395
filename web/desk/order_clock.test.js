import assert from "node:assert/strict";
import { test } from "node:test";

import { clockOf, redCount } from "./order_clock.js";
import { iso, T } from "./testing/shapes.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const order = (fields) => ({ state: "未完成", leave_by: null, leave_red_at: null, due_at: null, due_soon_at: null, ...fields });
const waiting = order({ leave_by: iso(T + HOUR), leave_red_at: iso(T + 40 * MINUTE), due_at: iso(T + 3 * DAY), due_soon_at: iso(T + 2 * DAY) });

test("what has not left is red from twenty minutes before", () => {
  assert.deepEqual(clockOf(waiting, T), { level: "normal", sign: "clock", text: "1 小时 00 分内派出" });
  assert.equal(clockOf(waiting, T + 40 * MINUTE - 1).level, "normal");
  assert.deepEqual(clockOf(waiting, T + 40 * MINUTE), { level: "overdue", sign: "alarm", text: "未派出，还剩 20 分 00 秒" });
  assert.deepEqual(clockOf(waiting, T + HOUR), { level: "overdue", sign: "overdue", text: "未派出，已超 0 秒" });
});

test("what has left is reckoned by its limit", () => {
  const sent = { ...waiting, leave_by: null };
  assert.equal(clockOf(sent, T).text, "还剩 3 天 0 小时");
  assert.equal(clockOf(sent, T + 2 * DAY - 1).level, "normal");
  assert.deepEqual(clockOf(sent, T + 2 * DAY), { level: "warning", sign: "warning", text: "快到期，还剩 1 天 0 小时" });
  assert.deepEqual(clockOf(sent, T + 3 * DAY + 5000), { level: "overdue", sign: "overdue", text: "已超期 5 秒" });
});

test("done is done, and no limit is none", () => {
  assert.equal(clockOf({ ...waiting, state: "已完成" }, T + 9 * DAY).level, "");
  assert.equal(clockOf(order({}), T).text, "没有期限");
});

test("the badge counts what wants somebody at once", () => {
  assert.equal(redCount([waiting, { ...waiting, leave_red_at: iso(T) }, order({})], T), 1);
});
