import assert from "node:assert/strict";
import { test } from "node:test";

import { ringing } from "./alarms.js";
import { INITIAL, reduce } from "./desk_state.js";
import { groupsOf } from "./groups.js";
import { serverNow } from "./server_clock.js";
import { T, emergency, iso, message, staff, summary } from "./testing/shapes.js";

const ME = staff({});
const last = (seq, speaker = "customer") => ({ seq, speaker, text: "…", at: iso(T) });
const mine = (fields) => summary({ owner: "agent", staff_id: "101", ...fields });

function run(state, ...frames) {
  return frames.reduce((now, [type, body]) => reduce(now, { type, body, at: T }), state);
}

const snapshot = (...conversations) => ["snapshot", { me: ME, conversations, staff: [ME], now: iso(T) }];
const conversation = (body, seconds = 1) => ["conversation", { conversation: body, now: iso(T + seconds * 1000) }];
const customerWrote = (seq, id = "c1") => ["message", { conversation_id: id, message: message(seq), now: iso(T) }];
const ids = (state) => [...state.conversations.keys()];

test("a snapshot replaces what was known", () => {
  const state = run(INITIAL, snapshot(mine({ id: "a" }), mine({ id: "b" })), snapshot(mine({ id: "b" })));
  assert.deepEqual(ids(state), ["b"]);
  assert.equal(state.synced, true);
});

test("the open conversation survives a snapshot without it, until it is left", () => {
  let state = run(INITIAL, snapshot(mine({ id: "a" })), ["opened", { conversationId: "a" }], snapshot(mine({ id: "b" })));
  assert.deepEqual(ids(state), ["b", "a"]);
  state = run(state, conversation(summary({ id: "a", owner: "closed" })), ["opened", { conversationId: "b" }]);
  assert.deepEqual(ids(state), ["b"]);
});

test("an open conversation that a snapshot does not name any more is nobody's here, and promises nothing", () => {
  const due = mine({ id: "a", waiting_since: iso(T), deadlines: { breach_at: iso(T + 60_000) } });
  const state = run(INITIAL, snapshot(due), ["opened", { conversationId: "a" }], snapshot());
  const { owner, waiting_since, deadlines } = state.conversations.get("a");
  assert.deepEqual([owner, waiting_since, deadlines], ["gone", null, {}]);
  assert.deepEqual(groupsOf(state).flatMap(({ rows }) => rows), []);

  const lead = staff({ staff_id: "201", role: "lead" });
  const all = (...conversations) => ["snapshot", { me: lead, conversations, staff: [lead], now: iso(T) }];
  assert.equal(run(INITIAL, all(due), ["opened", { conversationId: "a" }], all()).conversations.get("a").owner, "closed");
});

test("after a reconnect loaded threads are fetched again, unsent messages stay", () => {
  const state = run(
    INITIAL,
    snapshot(mine({ id: "a" })),
    ["opened", { conversationId: "a" }],
    ["thread_loaded", { detail: { conversation: mine({ id: "a" }), messages: [message(1)], handoff: null, timeline: [], orders: [] } }],
    ["sending", { conversationId: "a", id: "x", text: "您好", at: iso(T) }],
    snapshot(),
  );
  assert.equal(state.threads.get("a").stale, true);
  assert.equal(state.threads.get("a").outbox.length, 1);
});

test("an older word on a conversation does not overwrite a newer one", () => {
  const state = run(INITIAL, snapshot(), conversation(mine({ breaches: 1 }), 5), conversation(mine({ breaches: 0 }), 4));
  assert.equal(state.conversations.get("c1").breaches, 1);
});

test("an agent's list loses a closed conversation and one that went to somebody else", () => {
  const queued = summary({ owner: "queue" });
  assert.deepEqual(ids(run(INITIAL, snapshot(queued), conversation(summary({ owner: "closed" })))), []);
  assert.deepEqual(ids(run(INITIAL, snapshot(queued), conversation(summary({ owner: "agent", staff_id: "102" })))), []);
});

test("a lead keeps everybody's", () => {
  const lead = { ...staff({ staff_id: "201", role: "lead" }) };
  const state = run(INITIAL, ["snapshot", { me: lead, conversations: [], staff: [], now: iso(T) }], conversation(mine({})));
  assert.deepEqual(ids(state), ["c1"]);
});

test("a customer's message marks the conversation unread, reading it takes the mark away", () => {
  let state = run(INITIAL, snapshot(mine({})), customerWrote(1));
  assert.equal(state.unread.has("c1"), true);
  assert.equal(state.conversations.get("c1").last_message.seq, 1);
  state = run(state, ["opened", { conversationId: "c1" }]);
  assert.equal(state.unread.has("c1"), false);
  assert.equal(run(state, customerWrote(2)).unread.has("c1"), false);
});

test("a prompt or a greeting does not hide in the list what the customer wants", () => {
  const said = (seq, fields) => ["message", { conversation_id: "c1", message: message(seq, fields), now: iso(T) }];
  const prompt = said(2, { speaker: "system", kind: "waiting_prompt" });
  const state = run(INITIAL, snapshot(mine({})), customerWrote(1), prompt, said(3, { speaker: "agent", kind: "greeting" }));
  assert.equal(state.conversations.get("c1").last_message.seq, 1);
});

test("a message to the open conversation is unread while the window is hidden", () => {
  const hidden = run(INITIAL, snapshot(mine({})), ["opened", { conversationId: "c1" }], ["visibility", { visible: false }], customerWrote(1));
  assert.equal(hidden.unread.has("c1"), true);
  assert.equal(run(hidden, ["visibility", { visible: true }]).unread.has("c1"), false);
});

test("what came in during a drop-out is unread, what was read before is not", () => {
  const before = run(INITIAL, snapshot(mine({ id: "a", last_message: last(3) }), mine({ id: "b", last_message: last(3) })));
  const read = run(before, ["opened", { conversationId: "a" }], ["opened", { conversationId: "b" }], ["opened", { conversationId: null }]);
  const after = run(read, snapshot(mine({ id: "a", last_message: last(4) }), mine({ id: "b", last_message: last(3) })));
  assert.deepEqual([...after.unread], ["a"]);
});

test("a waiting prompt after the customer's message leaves it unread", () => {
  const state = run(INITIAL, snapshot(mine({ last_message: last(4, "system"), waiting_since: iso(T) })));
  assert.equal(state.unread.has("c1"), true);
});

test("messages of conversations never opened here are not collected", () => {
  assert.equal(run(INITIAL, snapshot(mine({})), customerWrote(1)).threads.size, 0);
});

test("typing ends with the message, with a frame, and is dated to end by itself", () => {
  const typing = ["typing", { conversation_id: "c1", on: true, who: "customer" }];
  const state = run(INITIAL, snapshot(mine({})), typing);
  assert.deepEqual(state.typing.get("c1"), { who: "customer", until: T + 8_000 });
  assert.equal(run(state, customerWrote(1)).typing.size, 0);
  assert.equal(run(state, ["typing", { conversation_id: "c1", on: false, who: "customer" }]).typing.size, 0);
});

test("an alarm brings its conversation; accepting ends it for everybody", () => {
  const leak = summary({ owner: "queue", emergency: emergency({}) });
  const state = run(INITIAL, snapshot(), ["alarm", { conversation: leak, reason: "raised", text: "室内泄漏", now: iso(T) }]);
  assert.deepEqual([ids(state), state.alarms.get("c1")], [["c1"], "raised"]);
  const over = run(state, ["alarm_over", { conversation_id: "c1", accepted_by: "102", now: iso(T) }]);
  assert.equal(over.alarms.size, 0);
  assert.equal(over.conversations.get("c1").emergency.accepted_by, "102");
});

test("an undispatched alarm sounds again for somebody who had noted the first", () => {
  const leak = summary({ owner: "agent", staff_id: "102", emergency: emergency({ accepted_by: "102" }) });
  const frame = ["alarm", { conversation: leak, reason: "undispatched", text: "未派单", now: iso(T) }];
  const noted = run(INITIAL, snapshot(), frame, ["silenced", { conversationId: "c1" }]);
  assert.equal(noted.silenced.has("c1"), true);
  assert.equal(run(noted, frame).silenced.has("c1"), false);
});

test("an emergency sent out to an unconfirmed address is told, but does not ring", () => {
  const leak = summary({ owner: "agent", staff_id: "102", emergency: emergency({ accepted_by: "102", step: "dispatched", order_number: "1" }) });
  const state = run(INITIAL, snapshot(), ["alarm", { conversation: leak, reason: "undispatched", text: "已按未确认的地址派单，请核实", now: iso(T) }]);
  assert.equal(state.notices.at(-1).text, "已按未确认的地址派单，请核实");
  assert.deepEqual(ringing(state), []);
});

test("a breach is told with who was late and where it went, and counted", () => {
  const state = run(INITIAL, snapshot(mine({})), ["breach", { conversation_id: "c1", staff_id: "101", moved_to: "102", now: iso(T) }]);
  assert.equal(state.notices.at(-1).text, "访客 3F2A：工号 101 超时未回复，已转给工号 102");
  assert.equal(state.breaches.length, 1);
});

test("a staff frame about oneself changes the own presence", () => {
  const state = run(INITIAL, snapshot(), ["staff", { staff: staff({ presence: "busy" }), now: iso(T) }]);
  assert.deepEqual([state.me.presence, state.staff.get("101").presence], ["busy", "busy"]);
});

test("every frame with a time sets the clock right", () => {
  const state = reduce(INITIAL, { type: "staff", body: { staff: staff({}), now: iso(T + 42_000) }, at: T });
  assert.equal(serverNow(state.skew, T), T + 42_000);
});

test("signing out forgets everything of the person", () => {
  const state = run(INITIAL, snapshot(mine({})), ["signed_out", {}]);
  assert.deepEqual([state.me, state.conversations.size, state.synced], [null, 0, false]);
});

test("an unknown frame is ignored", () => {
  assert.equal(run(INITIAL, ["surprise", { now: undefined }]), INITIAL);
});
