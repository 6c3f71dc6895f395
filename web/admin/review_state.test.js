import assert from "node:assert/strict";
import { test } from "node:test";

import { EMPTY, actionOf, current, decided, matching, moved, opened, refreshed, seen, takenBack } from "./review_state.js";

const item = (id, version = 1) => ({ id, version, text: id, others: [] });
const list = (...ids) => refreshed(EMPTY, ids.map((id) => item(id)));

test("the first one is open, and up and down stay in the list", () => {
  const state = list("a", "b", "c");
  assert.equal(state.selected, "a");
  assert.equal(moved(state, -1).selected, "a");
  assert.equal(moved(state, 1).selected, "b");
  assert.equal(moved(opened(state, "c"), 1).selected, "c");
});

test("what is decided leaves, the next opens, and it can be taken back", () => {
  const state = decided(opened(list("a", "b", "c"), "b"), item("b", 2));
  assert.deepEqual([state.items.map(({ id }) => id), state.selected], [["a", "c"], "c"]);
  assert.deepEqual(state.done, [{ id: "b", version: 2 }]);
  assert.deepEqual(takenBack(state).done, []);
});

test("the last of the list leaves: the one before it opens; the last of all leaves none", () => {
  assert.equal(decided(opened(list("a", "b"), "b"), item("b")).selected, "a");
  assert.equal(current(decided(list("a"), item("a"))), null);
});

test("a fresh list keeps what is open, or its place when a colleague took it away", () => {
  const state = opened(list("a", "b", "c"), "b");
  assert.equal(refreshed(state, [item("x"), item("b")]).selected, "b");
  assert.equal(refreshed(state, [item("a"), item("c")]).selected, "c");
  assert.equal(refreshed(state, []).selected, null);
});

test("what was seen names the folded ones too", () => {
  assert.deepEqual(seen({ ...item("a", 3), others: [item("b", 2)] }), { a: 3, b: 2 });
});

test("keys of the list; not with a modifier, not while composing", () => {
  const key = (name, more = {}) => actionOf({ key: name, altKey: false, ctrlKey: false, metaKey: false, isComposing: false, ...more });
  assert.deepEqual(key("2"), { act: "accept", number: 2 });
  assert.deepEqual([key("X"), key("x"), key("ArrowDown")], [{ act: "reject" }, { act: "reject" }, { act: "next" }]);
  assert.deepEqual([key("4"), key("x", { ctrlKey: true }), key("1", { isComposing: true })], [null, null, null]);
});

test("intents are found by their Chinese name or their own", () => {
  const intents = [{ name: "ask_meter_battery", label: "表电池" }, { name: "report_meter_fault", label: "表具故障" }, { name: "request_meter_test", label: "校表" }];
  assert.deepEqual(matching(intents, "表").map(({ label }) => label), ["表电池", "表具故障", "校表"]);
  assert.deepEqual(matching(intents, "battery").map(({ label }) => label), ["表电池"]);
  assert.equal(matching(intents, " ").length, 3);
});
