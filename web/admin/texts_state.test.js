import assert from "node:assert/strict";
import { test } from "node:test";

import { found, linesOf, titleOf, wordsOf } from "./texts_state.js";

const HOSE = { id: "hose-life", question: "软管多久换？", answer: "18个月", category: "灶具和热水器" };
const THANK = { name: "utter_thank", texts: ["不客气，\n{anything_else}"] };

test("found by all the words, wherever they stand", () => {
  assert.deepEqual(found([HOSE, THANK], "软管 18"), [HOSE]);
  assert.deepEqual(found([HOSE, THANK], "UTTER"), [THANK]);
  assert.deepEqual(found([HOSE, THANK], "  "), [HOSE, THANK]);
  assert.deepEqual(found([HOSE, THANK], "没有"), []);
});

test("each is told in a line", () => {
  assert.deepEqual(titleOf(HOSE), { title: "软管多久换？", more: "灶具和热水器" });
  assert.deepEqual(titleOf({ ...HOSE, valid_to: "2026-12-31" }).more, "灶具和热水器 · 至 2026-12-31");
  assert.deepEqual(titleOf(THANK), { title: "不客气， {anything_else}", more: "utter_thank" });
  assert.deepEqual(titleOf({ name: "ask_x", label: "燃气本补办", texts: [] }), { title: "燃气本补办", more: "ask_x" });
});

test("lines and words as people write them", () => {
  assert.deepEqual(linesOf("一\n\n 二 \r\n"), ["一", "二"]);
  assert.deepEqual(wordsOf("软管，胶管、皮管 波纹管"), ["软管", "胶管", "皮管", "波纹管"]);
});
