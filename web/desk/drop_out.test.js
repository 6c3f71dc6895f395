import assert from "node:assert/strict";
import { test } from "node:test";

import { knownOf, missedOf } from "./drop_out.js";
import { T, iso, staff, summary } from "./testing/shapes.js";

const me = staff();
const NOW = T + 60_000;

function own(id, seq, fields) {
  const last_message = { seq, speaker: "customer", text: "在吗", at: iso(T) };
  return summary({ id, owner: "agent", staff_id: "101", waiting_since: iso(T), last_message, ...fields });
}

const state = (...summaries) => ({ me, conversations: new Map(summaries.map((one) => [one.id, one])) });

test("only one's own conversations are remembered", () => {
  assert.deepEqual(knownOf(state(own("c1", 4), own("c2", 7, { staff_id: "102" }), own("c3", 1, { last_message: null }))), { c1: 4, c3: 0 });
});

test("who wrote meanwhile and still waits was missed, the longest wait first", () => {
  const later = own("c2", 9, { waiting_since: iso(T + 5_000) });
  const { waiting, moved } = missedOf(state(later, own("c1", 6)), { c1: 4, c2: 7 }, NOW);
  assert.deepEqual([waiting.map(({ id }) => id), moved], [["c1", "c2"], 0]);
});

test("what was read before, is answered, or waits for a moment only, was not missed", () => {
  const read = own("c1", 4);
  const answered = own("c2", 9, { waiting_since: null });
  const said = own("c3", 9, { last_message: { seq: 9, speaker: "agent", text: "好", at: iso(T) } });
  const justNow = own("c4", 9, { waiting_since: iso(NOW - 14_999) });
  assert.deepEqual(missedOf(state(read, answered, said, justNow), { c1: 4, c2: 1, c3: 1, c4: 1 }, NOW).waiting, []);
});

test("what came to this person while the page was cut off counts", () => {
  assert.equal(missedOf(state(own("c5", 2)), { c1: 4 }, NOW).waiting[0].id, "c5");
});

test("what has gone to others is counted", () => {
  assert.equal(missedOf(state(own("c1", 4, { owner: "queue", staff_id: null })), { c1: 4, c2: 7 }, NOW).moved, 2);
});

test("a first sign-in has missed nothing", () => {
  assert.deepEqual(missedOf(state(own("c1", 6)), null, NOW), { waiting: [], moved: 0 });
});
