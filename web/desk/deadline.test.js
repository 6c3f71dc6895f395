import assert from "node:assert/strict";
import { test } from "node:test";

import { countdown, isUndispatched, nextDeadline, waitedSeconds } from "./deadline.js";
import { durationText } from "../shared/duration.js";
import { T, iso, summary } from "./testing/shapes.js";

const waiting = () =>
  summary({
    owner: "agent",
    waiting_since: iso(T),
    deadlines: { prompt_at: iso(T + 45_000), warn_at: iso(T + 90_000), breach_at: iso(T + 120_000), dispatch_at: null },
  });

const at = (conversation, seconds) => countdown(conversation, T + seconds * 1000);

test("the countdown is exact to the second on both sides of each border", () => {
  const row = waiting();
  assert.deepEqual([at(row, 0).level, at(row, 0).text], ["normal", "剩 2 分 00 秒"]);
  assert.deepEqual([at(row, 89.999).level, at(row, 89.999).text], ["normal", "剩 31 秒"]);
  assert.deepEqual([at(row, 90).level, at(row, 90).text], ["warning", "剩 30 秒"]);
  assert.deepEqual([at(row, 92).level, at(row, 92).text], ["warning", "剩 28 秒"]);
  assert.deepEqual([at(row, 119.999).level, at(row, 119.999).text], ["warning", "剩 1 秒"]);
  assert.deepEqual([at(row, 120).level, at(row, 120).text], ["overdue", "已超时 0 秒"]);
  assert.deepEqual([at(row, 132.9).level, at(row, 132.9).text], ["overdue", "已超时 12 秒"]);
});

test("the server's warning time decides, so a shortened limit warns in proportion", () => {
  const row = summary({ owner: "agent", deadlines: { warn_at: iso(T + 4_000), breach_at: iso(T + 6_000) } });
  assert.equal(at(row, 3.9).level, "normal");
  assert.equal(at(row, 4).level, "warning");
});

test("without a warning time the last 30 seconds warn", () => {
  const row = summary({ owner: "agent", deadlines: { breach_at: iso(T + 120_000) } });
  assert.equal(at(row, 89.9).level, "normal");
  assert.equal(at(row, 90).level, "warning");
});

test("no promise, no countdown; closing stops it", () => {
  assert.equal(at(summary({ owner: "agent" }), 0), null);
  assert.equal(at({ ...waiting(), owner: "closed" }, 300), null);
});

test("an undispatched emergency counts down to its dispatch when that comes first", () => {
  const emergency = { kind: "indoor_leak", label: "室内泄漏", step: "confirm", accepted_by: "101" };
  const row = { ...waiting(), emergency };
  row.deadlines = { ...row.deadlines, dispatch_at: iso(T + 60_000) };
  assert.equal(at(row, 15).text, "派单剩 45 秒");
  assert.equal(at(row, 72).text, "派单已超时 12 秒");
  assert.equal(nextDeadline({ ...row, emergency: { ...emergency, step: "dispatched" } }).promise, "reply");
});

test("an emergency is undispatched until it is sent out, dismissed or closed", () => {
  const of = (step, owner = "agent") => isUndispatched(summary({ owner, emergency: { step } }));
  assert.deepEqual([of("address"), of("confirm"), of("dispatched"), of("dismissed")], [true, true, false, false]);
  assert.equal(of("address", "closed"), false);
  assert.equal(isUndispatched(summary({})), false);
});

test("waiting in the queue counts from entering it, with an agent from the first unanswered message", () => {
  const queued = summary({ owner: "queue", queued_at: iso(T), waiting_since: iso(T + 50_000) });
  assert.equal(waitedSeconds(queued, T + 72_500), 72);
  assert.equal(waitedSeconds({ ...queued, owner: "agent" }, T + 72_500), 22);
  assert.equal(waitedSeconds(summary({ owner: "agent" }), T), null);
  assert.equal(waitedSeconds({ ...queued, queued_at: iso(T + 5_000) }, T), 0, "a clock slightly behind shows 0");
});

test("lengths of time in words", () => {
  assert.equal(durationText(0), "0 秒");
  assert.equal(durationText(59), "59 秒");
  assert.equal(durationText(60), "1 分 00 秒");
  assert.equal(durationText(3599), "59 分 59 秒");
  assert.equal(durationText(3600), "1 小时 00 分");
  assert.equal(durationText(90_000), "1 天 1 小时");
});
