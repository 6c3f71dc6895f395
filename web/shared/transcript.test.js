import assert from "node:assert/strict";
import test from "node:test";

import * as transcripts from "./transcript.js";

const { EMPTY, accept, acceptGap, addPending, discard, fail, hasGap, receive, restart, resumeAfter, retry } = transcripts;

const AT = "2026-01-05T09:00:00.000Z";
const said = (seq, id = `m${seq}`) => ({ id, seq, at: AT, speaker: "bot", text: `text ${seq}`, delivery: null });
const written = (id) => ({ id, seq: null, at: AT, speaker: "customer", text: id, delivery: "pending", error: null });
const ids = ({ messages }) => messages.map(({ id }) => id);
const from = (...messages) => messages.reduce(receive, EMPTY);

test("messages are in the order of their numbers, however they arrive", () => {
  assert.deepEqual(ids(from(said(3), said(1), said(2))), ["m1", "m2", "m3"]);
});

test("the same id twice is one message, and the state does not even change", () => {
  const state = from(said(1));
  assert.equal(receive(state, said(1)), state);
});

test("pending messages come last and take their place once they have a number", () => {
  let state = addPending(addPending(from(said(1)), written("a")), written("b"));
  state = receive(state, said(3));
  assert.deepEqual(ids(state), ["m1", "m3", "a", "b"]);
  state = accept(state, "a", 2);
  assert.deepEqual(ids(state), ["m1", "a", "m3", "b"]);
  assert.equal(state.messages[1].delivery, "delivered");
});

test("a message added twice (reload while it is under way) is shown once", () => {
  const state = addPending(addPending(EMPTY, written("a")), written("a"));
  assert.deepEqual(ids(state), ["a"]);
});

test("an echo instead of a lost acknowledgement confirms the pending message and keeps the words shown", () => {
  const pending = addPending(EMPTY, { ...written("a"), text: "对" });
  const echo = { ...written("a"), seq: 1, text: "/affirm", delivery: "delivered", at: "2026-01-05T09:00:01.000Z" };
  const [message] = receive(pending, echo).messages;
  assert.equal(message.seq, 1);
  assert.equal(message.text, "对");
  assert.equal(message.delivery, "delivered");
});

test("an acknowledgement after the echo changes nothing", () => {
  const state = receive(addPending(EMPTY, written("a")), { ...written("a"), seq: 1, delivery: "delivered" });
  assert.equal(accept(state, "a", 1), state);
});

test("a failed message stays where it failed; tried again it is last", () => {
  let state = fail(addPending(from(said(1)), written("a")), "a", "太快");
  state = receive(state, said(2));
  assert.deepEqual(ids(state), ["m1", "a", "m2"]);
  assert.equal(state.messages[1].error, "太快");
  state = retry(state, "a");
  assert.deepEqual(ids(state), ["m1", "m2", "a"]);
  assert.equal(state.messages[2].delivery, "pending");
});

test("a stored message can no longer fail", () => {
  const state = accept(addPending(EMPTY, written("a")), "a", 1);
  assert.equal(fail(state, "a", null), state);
});

test("a message given up is gone", () => {
  assert.deepEqual(ids(discard(addPending(from(said(1)), written("a")), "a")), ["m1"]);
});

test("resuming asks after the last number without a gap", () => {
  assert.equal(resumeAfter(EMPTY), 0);
  assert.equal(resumeAfter(from(said(1), said(2), said(4))), 2);
  assert.equal(hasGap(from(said(1), said(2), said(4))), true);
  assert.equal(hasGap(from(said(1), said(2))), false);
});

test("a first number above 1 is a gap as well", () => {
  assert.equal(hasGap(from(said(5))), true);
});

test("an accepted gap is not asked for again, a later one is", () => {
  const state = acceptGap(from(said(5), said(6)));
  assert.equal(resumeAfter(state), 6);
  assert.equal(hasGap(state), false);
  assert.equal(hasGap(receive(state, said(8))), true);
});

test("the customer's own acknowledged number counts for resuming", () => {
  assert.equal(resumeAfter(accept(addPending(from(said(1)), written("a")), "a", 2)), 2);
});

test("a message without a number is shown, last, and leaves the numbers alone", () => {
  const state = receive(from(said(1)), { ...said(null), id: "x" });
  assert.deepEqual(ids(state), ["m1", "x"]);
  assert.equal(resumeAfter(state), 1);
});

test("another conversation keeps only what was never stored", () => {
  const state = restart(addPending(from(said(1), said(2)), written("a")));
  assert.deepEqual(ids(state), ["a"]);
  assert.equal(resumeAfter(state), 0);
});
