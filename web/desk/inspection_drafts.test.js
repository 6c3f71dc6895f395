import assert from "node:assert/strict";
import { test } from "node:test";

import { createStorage } from "../shared/storage.js";
import { createSheetDrafts, withDraft } from "./inspection_drafts.js";
import { createKeepsakes } from "./keepsakes.js";

const SHEET = { deductions: [{ key: "opening", times: 2, remark: "" }], remarks: [{ seq: 3, text: "好" }], comment: "注意", version: 1 };

test("a sheet is there after a reload, for its writer and its version only", () => {
  const drafts = createSheetDrafts(createStorage(() => null));
  drafts.keep("301", "c1", SHEET);
  assert.deepEqual(drafts.of("301", "c1", 1), SHEET);
  assert.equal(drafts.of("302", "c1", 1), null);
  assert.equal(drafts.of("301", "c2", 1), null);
  assert.equal(drafts.of("301", "c1", 2), null, "somebody has changed it since");
  drafts.drop("301", "c1");
  assert.equal(drafts.of("301", "c1", 1), null);
});

test("signing out by hand clears it", () => {
  const storage = createStorage(() => null);
  createSheetDrafts(storage).keep("301", "c1", SHEET);
  createKeepsakes(storage, "301").clear();
  assert.equal(createSheetDrafts(storage).of("301", "c1", 1), null);
});

test("what was stored by something else is no sheet", () => {
  const storage = createStorage(() => null);
  storage.set("desk.301.sheet.c1", "{");
  assert.equal(createSheetDrafts(storage).of("301", "c1", 0), null);
});

test("names and points stay the inspection's", () => {
  const before = { id: "i1", deductions: [{ key: "opening", name: "旧名", points: 2, times: 1 }], comment: "" };
  const merged = withDraft(before, SHEET);
  assert.deepEqual([merged.id, merged.comment, merged.deductions[0].name, merged.deductions[0].times], ["i1", "注意", "旧名", 2]);
  assert.equal(withDraft(before, null), before);
});
