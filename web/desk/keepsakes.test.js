import assert from "node:assert/strict";
import { test } from "node:test";

import { createStorage } from "../shared/storage.js";
import { createKeepsakes } from "./keepsakes.js";

const memory = () => createStorage(() => null);

test("a draft is kept per conversation and per person", () => {
  const storage = memory();
  const mine = createKeepsakes(storage, "101");
  mine.keepDraft("a", "您好");
  mine.keepDraft("b", "请您稍等");
  assert.deepEqual([mine.draft("a"), mine.draft("b"), mine.draft("c")], ["您好", "请您稍等", ""]);
  assert.equal(createKeepsakes(storage, "102").draft("a"), "");
  mine.keepDraft("a", "");
  assert.equal(mine.draft("a"), "");
});

test("unconfirmed messages come back with their ids", () => {
  const keepsakes = createKeepsakes(memory(), "101");
  keepsakes.keepUnsent("a", [{ id: "x", text: "您好", at: "t", state: "sending" }]);
  assert.deepEqual(keepsakes.unsent(), [{ conversationId: "a", id: "x", text: "您好", at: "t" }]);
  keepsakes.keepUnsent("a", []);
  assert.deepEqual(keepsakes.unsent(), []);
});

test("a broken entry loses nothing else", () => {
  const storage = memory();
  const keepsakes = createKeepsakes(storage, "101");
  storage.set("desk.101.unsent.a", "{");
  keepsakes.keepUnsent("b", [{ id: "x", text: "您好", at: "t" }]);
  assert.deepEqual(keepsakes.unsent().map(({ id }) => id), ["x"]);
});

test("signing out by hand leaves nothing behind", () => {
  const storage = memory();
  const keepsakes = createKeepsakes(storage, "101");
  keepsakes.keepDraft("a", "您好");
  keepsakes.keepOpen("a");
  keepsakes.clear();
  assert.deepEqual(storage.keys(""), []);
});
