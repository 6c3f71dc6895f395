import assert from "node:assert/strict";
import { test } from "node:test";

import { alarmText, canSilence, ringing } from "./alarms.js";
import { boardOf } from "./board.js";
import { INITIAL } from "./desk_state.js";
import { groupsOf } from "./groups.js";
import { happenings } from "./happenings.js";
import { T, emergency, iso, message, staff, summary } from "./testing/shapes.js";
import { lateness, nextUrgent } from "./urgent.js";
import { canTake, canTransfer, mayRead } from "./visibility.js";

const ME = staff({});
const LEAD = staff({ staff_id: "201", role: "lead" });

const state = (me, ...conversations) => ({ ...INITIAL, me, conversations: new Map(conversations.map((c) => [c.id, c])) });
const group = (s, key) => groupsOf(s).find((g) => g.key === key)?.rows.map(({ id }) => id);
const queued = (id, fields) => summary({ id, owner: "queue", ...fields });
const mine = (id, dueSeconds, fields) =>
  summary({ id, owner: "agent", staff_id: "101", deadlines: dueSeconds === null ? {} : { breach_at: iso(T + dueSeconds * 1000) }, ...fields });
const leak = (id, fields, rest) => queued(id, { priority: "emergency", emergency: emergency(fields), ...rest });

test("each conversation stands in one group, emergencies above all", () => {
  const s = state(ME, leak("leak", {}), queued("off", { offline: true }), mine("mine", 60), queued("wait", { position: 1 }));
  assert.deepEqual(
    groupsOf(s).map(({ key, rows }) => [key, rows.map(({ id }) => id)]),
    [["emergency", ["leak"]], ["offline", ["off"]], ["mine", ["mine"]], ["queue", ["wait"]]],
  );
});

test("an accepted and dispatched emergency goes back among its agent's conversations", () => {
  const done = leak("leak", { accepted_by: "101", step: "dispatched" }, { owner: "agent", staff_id: "101" });
  assert.deepEqual([group(state(ME, done), "emergency"), group(state(ME, done), "mine")], [[], ["leak"]]);
});

test("an offline message that was taken is an own conversation", () => {
  assert.deepEqual(group(state(ME, mine("a", 60, { offline: true })), "mine"), ["a"]);
});

test("only leads see everything in progress", () => {
  const others = summary({ id: "x", owner: "agent", staff_id: "102" });
  assert.deepEqual(group(state(LEAD, others, summary({ id: "bot" })), "all").sort(), ["bot", "x"]);
  assert.equal(group(state(ME, others), "all"), undefined);
});

test("own conversations: due first on top; the queue by position", () => {
  assert.deepEqual(group(state(ME, mine("later", 90), mine("quiet", null), mine("late", -5)), "mine"), ["late", "later", "quiet"]);
  assert.deepEqual(group(state(ME, queued("b", { position: 2 }), queued("a", { position: 1 })), "queue"), ["a", "b"]);
});

test("an emergency rings until accepted; dismissing or closing it ends it", () => {
  const rings = (fields, rest) => ringing(state(ME, leak("c1", fields, rest))).map(({ reason }) => reason);
  assert.deepEqual(rings({}), ["raised"]);
  assert.deepEqual(rings({ step: "dispatched" }), ["raised"], "sent out by the assistant, still nobody looks after the customer");
  assert.deepEqual(rings({ accepted_by: "102" }), []);
  assert.deepEqual(rings({ step: "dismissed" }), []);
  assert.deepEqual(rings({}, { owner: "closed" }), []);
});

test("an accepted emergency rings again when it is not dispatched in time, until it is", () => {
  const late = { accepted_by: "102", overdue: true, step: "confirm" };
  const s = state(ME, leak("c1", late));
  assert.deepEqual(ringing(s).map(({ reason }) => reason), ["undispatched"]);
  assert.deepEqual(ringing({ ...s, silenced: new Set(["c1"]) }), []);
  assert.deepEqual(ringing(state(ME, leak("c1", { ...late, step: "dispatched" }))), []);
  assert.equal(canSilence(ME, s.conversations.get("c1")), true);
  assert.equal(canSilence(staff({ staff_id: "102" }), s.conversations.get("c1")), false, "not the one who accepted it");
});

test("the alarm names what is known now, not what was known when it was raised", () => {
  const words = (fields) => alarmText({ summary: leak("c1", fields), reason: "raised" });
  assert.deepEqual(words({}), { title: "险情报警：室内泄漏", text: "访客 3F2A · 地址未知" });
  assert.equal(words({ address: "花园小区3号楼" }).text, "访客 3F2A · 花园小区3号楼");
});

test("nobody can silence what has not been accepted", () => {
  const open = leak("c1", { overdue: true });
  assert.equal(canSilence(ME, open), false);
  assert.equal(ringing({ ...state(ME, open), silenced: new Set(["c1"]) }).length, 1);
});

test("Alt+N: emergencies, then the longest overdue, then the next due, then what waits", () => {
  const next = (openId, ...conversations) => nextUrgent({ ...state(ME, ...conversations), openId });
  const late = mine("late", -60);
  const soon = mine("soon", 20);
  assert.equal(next(null, soon, late, leak("leak", {})), "leak");
  assert.equal(next(null, soon, late), "late");
  assert.equal(next("late", soon, late), "soon");
  assert.equal(next("soon", soon, late), "late");
  assert.equal(next(null, queued("wait"), queued("off", { offline: true })), "off");
  assert.equal(next("wait", queued("wait")), null);
});

test("lateness counts the own conversations, a lead's counts all", () => {
  const other = { ...mine("x", -1), staff_id: "102" };
  assert.deepEqual(lateness(state(ME, mine("a", 20), mine("b", -1), mine("c", 90), other), T), { overdue: 1, warning: 1 });
  assert.deepEqual(lateness(state(LEAD, mine("a", 20), mine("b", -1), other), T), { overdue: 2, warning: 1 });
});

test("the board counts the waiting, the longest of them, who is there and the breaches", () => {
  const s = state(LEAD, queued("a", { queued_at: iso(T) }), queued("b", { queued_at: iso(T - 9_000) }), queued("off", { offline: true }));
  s.staff = new Map([ME, staff({ staff_id: "102", presence: "away" }), staff({ staff_id: "901", role: "admin" })].map((p) => [p.staff_id, p]));
  s.breaches = [{}, {}];
  const board = boardOf(s);
  assert.deepEqual([board.queueLength, board.longestSince, board.online, board.breaches], [2, T - 9_000, 1, 2]);
  assert.deepEqual(board.people.map(({ staff_id }) => staff_id), ["101", "102"]);
  assert.equal(boardOf(state(LEAD)).longestSince, null);
});

test("who may take what", () => {
  const others = summary({ owner: "agent", staff_id: "102" });
  assert.equal(canTake(ME, queued("a")), true);
  assert.equal(canTake(ME, others), false);
  assert.equal(canTake(LEAD, others), true);
  assert.equal(canTake(ME, mine("a", null)), false);
  assert.equal(canTake(LEAD, summary({ owner: "closed" })), false);
  assert.equal(canTake(staff({ role: "inspector" }), queued("a")), false);
});

test("agents pass on their own, leads everybody's and what waits", () => {
  const others = summary({ owner: "agent", staff_id: "102" });
  assert.deepEqual([canTransfer(ME, mine("a", null)), canTransfer(ME, others), canTransfer(ME, queued("a"))], [true, false, false]);
  assert.deepEqual([canTransfer(LEAD, others), canTransfer(LEAD, queued("a")), canTransfer(LEAD, summary({}))], [true, true, false]);
});

test("a conversation that becomes the person's own is heard once", () => {
  const before = state(ME, queued("a"));
  const after = state(ME, mine("a", 60));
  const frame = { type: "conversation", body: { conversation: mine("a", 60) } };
  assert.deepEqual(happenings(before, after, frame).map(({ what }) => what), ["assigned"]);
  assert.deepEqual(happenings(after, after, frame), []);
});

test("a customer's message is heard once, others' are not", () => {
  const frame = (fields) => ({ type: "message", body: { conversation_id: "a", message: message(2, fields) } });
  const before = state(ME, mine("a", 60));
  const read = state(ME, mine("a", 60, { last_message: { seq: 2 } }));
  assert.deepEqual(happenings(before, read, frame({})).map(({ what }) => what), ["wrote"]);
  assert.deepEqual(happenings(read, read, frame({})), []);
  assert.deepEqual(happenings(before, read, frame({ speaker: "bot" })), []);
});

test("what an agent may read is what waits and what is or was his; a lead reads all", () => {
  const others = mine("a", null, { staff_id: "102" });
  const closed = (staff_id) => summary({ owner: "closed", staff_id });
  assert.deepEqual([queued("a"), mine("a", null), closed("101"), others, closed("102"), summary({})].map((each) => mayRead(ME, each)), [true, true, true, false, false, false]);
  assert.deepEqual([others, closed("102")].map((each) => mayRead(LEAD, each)), [true, true]);
});
