import assert from "node:assert/strict";
import { test } from "node:test";

import { INITIAL, reduce } from "./desk_state.js";
import { T, iso, staff, summary } from "./testing/shapes.js";
import { EMPTY_THREAD } from "./thread_state.js";

const fact = { at: iso(T), what: "whisper", text: "班长 201 悄悄话：先安抚", staff_id: "201" };
const whisper = { type: "whisper", body: { conversation_id: "c1", staff_id: "201", text: "先安抚", fact, now: iso(T) }, at: T };

function desk(fields, loaded = true) {
  const mine = summary({ owner: "agent", staff_id: "101", ...fields });
  return { ...INITIAL, me: staff(), conversations: new Map([["c1", mine]]), threads: new Map([["c1", { ...EMPTY_THREAD, loaded }]]) };
}

test("a whisper stands in the timeline and is told at once", () => {
  const next = reduce(desk(), whisper);
  assert.deepEqual(next.threads.get("c1").timeline, [fact]);
  assert.deepEqual(next.notices.map(({ text, conversationId }) => [text, conversationId]), [["访客 3F2A：班长 201 悄悄话：先安抚", "c1"]]);
});

test("a limit of the customer's platform is told like a whisper", () => {
  const limit = { at: iso(T), what: "channel", text: "微信只允许再发1条消息", staff_id: null };
  const next = reduce(desk(), { type: "limit", body: { conversation_id: "c1", fact: limit, now: iso(T) }, at: T });
  assert.deepEqual(next.threads.get("c1").timeline, [limit]);
  assert.deepEqual(next.notices.map(({ text }) => text), ["访客 3F2A：微信只允许再发1条消息"]);
});

test("to another lead it is a line of the timeline only", () => {
  const next = reduce(desk({ staff_id: "102" }), whisper);
  assert.deepEqual([next.threads.get("c1").timeline.length, next.notices.length], [1, 0]);
});

test("a conversation that is not loaded gets its timeline when it is", () => {
  assert.deepEqual(reduce(desk({}, false), whisper).threads.get("c1").timeline, []);
});

test("a broadcast that comes again is one", () => {
  const broadcast = { at: iso(T), staff_id: "201", group: null, text: "停气" };
  const earlier = { ...broadcast, at: iso(T - 1000), text: "早" };
  const live = reduce(INITIAL, { type: "broadcast", body: { broadcast }, at: T });
  const again = reduce(live, { type: "broadcasts", body: { broadcasts: [earlier, broadcast] }, at: T });
  assert.deepEqual(again.broadcasts, [earlier, broadcast]);
});
