import assert from "node:assert/strict";
import { test } from "node:test";

import { actionOf } from "./shortcuts.js";

const FREE = { writing: false, dialogOpen: false };
const key = (fields) => ({ altKey: false, ctrlKey: false, metaKey: false, code: "", key: "", isComposing: false, ...fields });

test("Alt with a letter acts by the key's place, also while writing", () => {
  assert.equal(actionOf(key({ altKey: true, code: "KeyN", key: "˜" }), { writing: true, dialogOpen: false }), "nextUrgent");
  assert.equal(actionOf(key({ altKey: true, code: "KeyT" }), FREE), "take");
  assert.equal(actionOf(key({ altKey: true, code: "KeyK" }), { writing: true, dialogOpen: false }), "searchKnowledge");
  assert.equal(actionOf(key({ altKey: true, code: "KeyM" }), { writing: true, dialogOpen: false }), "flag");
  assert.equal(actionOf(key({ altKey: true, code: "KeyX" }), FREE), null);
});

test("the browser's own shortcuts and the input method are left alone", () => {
  assert.equal(actionOf(key({ altKey: true, ctrlKey: true, code: "KeyN" }), FREE), null);
  assert.equal(actionOf(key({ altKey: true, code: "KeyN", isComposing: true }), FREE), null);
});

test("a question mark opens the help, but not in the middle of a sentence", () => {
  assert.equal(actionOf(key({ key: "?" }), FREE), "help");
  assert.equal(actionOf(key({ key: "？" }), FREE), "help");
  assert.equal(actionOf(key({ key: "?" }), { writing: true, dialogOpen: false }), null);
});

test("a slash calls the canned replies", () => {
  assert.equal(actionOf(key({ key: "/" }), FREE), "canned");
  assert.equal(actionOf(key({ key: "/" }), { writing: true, dialogOpen: false }), null);
});

test("under a dialog nothing moves", () => {
  assert.equal(actionOf(key({ altKey: true, code: "KeyN" }), { writing: false, dialogOpen: true }), null);
});
