import assert from "node:assert/strict";
import { test } from "node:test";

import { changed, edited, marked, sentences, unmarked } from "./divide.js";

const SAID = "幸福小区没气了，还有怎么缴费";
const start = { text: SAID, marks: [] };
const community = { start: 0, end: 4, entity: "community" };

test("a line is a sentence, and marks count from its beginning", () => {
  const divided = marked(edited(marked(start, 0, 4, "community"), "幸福小区没气了，\n还有怎么缴费"), 11, 15, "amount");
  assert.deepEqual(sentences(divided), [
    { text: "幸福小区没气了", entities: [community] },
    { text: "还有怎么缴费", entities: [{ start: 2, end: 6, entity: "amount" }] },
  ]);
});

test("marks move with what is typed before them and go when their own words are touched", () => {
  const one = marked(start, 8, 10, "time");
  assert.deepEqual(edited(one, SAID.slice(0, 8) + "\n" + SAID.slice(8)).marks, [{ start: 9, end: 11, entity: "time" }]);
  assert.deepEqual(edited(one, SAID.slice(0, 12)).marks, one.marks);
  assert.deepEqual(edited(one, SAID.slice(0, 9) + "\n" + SAID.slice(9)).marks, []);
  assert.deepEqual(edited(one, "").marks, []);
});

test("a new mark takes the place of those it overlaps; spaces and line breaks are not marked", () => {
  const twice = marked(marked(start, 0, 4, "community"), 2, 6, "time");
  assert.deepEqual(twice.marks, [{ start: 2, end: 6, entity: "time" }]);
  assert.deepEqual(marked({ text: "在 明天 来", marks: [] }, 1, 5, "time").marks, [{ start: 2, end: 4, entity: "time" }]);
  assert.deepEqual(marked({ text: "a\nb", marks: [] }, 0, 3, "time").marks, []);
  assert.deepEqual(marked(start, 3, 3, "time").marks, []);
  assert.deepEqual(unmarked(twice, 2).marks, []);
});

test("empty lines say nothing, outer spaces do not count", () => {
  const spaced = marked({ text: "\n  明天来 \n\n好", marks: [] }, 3, 5, "time");
  assert.deepEqual(sentences(spaced), [
    { text: "明天来", entities: [{ start: 0, end: 2, entity: "time" }] },
    { text: "好", entities: [] },
  ]);
});

test("what the customer did not write is noticed", () => {
  assert.deepEqual(changed(SAID, { text: "幸福小区没气了\n怎么缴费" }), []);
  assert.deepEqual(changed(SAID, { text: "幸福小区停气了\n怎么缴费" }), ["幸福小区停气了"]);
});
