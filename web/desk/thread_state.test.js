import assert from "node:assert/strict";
import { test } from "node:test";

import { message } from "./testing/shapes.js";
import { EMPTY_THREAD, addMessage, dropUnsent, failSending, loadThread, markDelivery, startSending } from "./thread_state.js";

const detail = (...messages) => ({ messages, handoff: { reason: "r" }, timeline: [], orders: [] });
const seqs = (thread) => thread.messages.map(({ seq }) => seq);
const loaded = (...messages) => loadThread(EMPTY_THREAD, detail(...messages));

test("the same message twice is shown once", () => {
  const thread = addMessage(addMessage(loaded(message(1)), message(2)), message(2));
  assert.deepEqual(seqs(thread), [1, 2]);
});

test("messages are shown by number, whatever order they arrive in", () => {
  assert.deepEqual(seqs(addMessage(addMessage(EMPTY_THREAD, message(3)), message(1))), [1, 3]);
});

test("a gap in the numbers asks for the thread again, and loading closes it", () => {
  const thread = addMessage(loaded(message(1)), message(3));
  assert.equal(thread.stale, true);
  assert.equal(addMessage(loaded(message(1)), message(2)).stale, false);
  const fetched = loadThread(thread, detail(message(1), message(2), message(3)));
  assert.deepEqual([fetched.stale, seqs(fetched)], [false, [1, 2, 3]]);
});

test("a message that arrived while the thread was being fetched is kept", () => {
  const thread = loadThread(addMessage(EMPTY_THREAD, message(3)), detail(message(1), message(2)));
  assert.deepEqual(seqs(thread), [1, 2, 3]);
});

test("an own message is shown once: as unconfirmed, then with its number", () => {
  const sending = startSending(loaded(message(1)), { id: "x", text: "您好", at: "…" });
  assert.deepEqual(sending.outbox.map(({ id, state }) => [id, state]), [["x", "sending"]]);
  const sent = addMessage(sending, message(2, { id: "x", speaker: "agent" }));
  assert.deepEqual([sent.outbox.length, seqs(sent)], [0, [1, 2]]);
  assert.equal(startSending(sent, { id: "x", text: "您好", at: "…" }).outbox.length, 0, "a late retry adds nothing");
});

test("a failed message stays, with its reason, and a retry keeps its id", () => {
  const failed = failSending(startSending(EMPTY_THREAD, { id: "x", text: "您好", at: "t0" }), { id: "x", error: "网络不通", offline: true });
  assert.deepEqual(failed.outbox, [{ id: "x", text: "您好", at: "t0", state: "failed", error: "网络不通", offline: true }]);
  const again = startSending(failed, { id: "x", text: "您好", at: "t9" });
  assert.deepEqual(again.outbox, [{ id: "x", text: "您好", at: "t0", state: "sending", error: "", offline: false }]);
  assert.deepEqual(dropUnsent(failed, "x").outbox, []);
});

test("delivery reaches every own message up to the number and never goes back", () => {
  const mine = (seq, delivery) => message(seq, { speaker: "agent", delivery });
  const thread = loaded(mine(1, "delivered"), mine(2, "pending"), message(3, { delivery: "delivered" }), mine(4, "pending"));
  const states = (t) => t.messages.map(({ delivery }) => delivery);
  assert.deepEqual(states(markDelivery(thread, 2, "sent")), ["delivered", "sent", "delivered", "pending"]);
  assert.deepEqual(states(markDelivery(thread, 4, "failed")), ["delivered", "failed", "delivered", "failed"]);
  assert.equal(markDelivery(thread, 1, "sent"), thread, "nothing changed, nothing new to draw");
  const sent = markDelivery(thread, 2, "sent");
  assert.deepEqual(states(markDelivery(sent, 4, "failed")), ["delivered", "sent", "delivered", "failed"], "what arrived stays");
  assert.deepEqual(states(markDelivery(sent, 2, "failed", true)), ["delivered", "failed", "delivered", "pending"], "but for a word taken back");
});

test("an answer overtaken by a delivery frame does not make the message pending again", () => {
  const mine = (delivery) => message(2, { id: "x", speaker: "agent", delivery });
  const delivered = markDelivery(addMessage(loaded(message(1)), mine("pending")), 2, "delivered");
  assert.equal(addMessage(delivered, mine("pending")).messages[1].delivery, "delivered");
});
