import assert from "node:assert/strict";
import { test } from "node:test";

import { MARGIN, WHOLE, around, windowOf } from "./list_window.js";

const at = (top, fields) => windowOf({ count: 2000, rowHeight: 50, top, height: 500, ...fields });

test("a short list is made whole, wherever it stands", () => {
  assert.deepEqual(at(-10_000, { count: WHOLE }), { start: 0, end: WHOLE });
});

test("what is in sight is made, and a margin on both sides", () => {
  const { start, end } = at(50_000);
  assert.ok(start <= 1000 - MARGIN && end >= 1010 + MARGIN, `${start}–${end}`);
  assert.ok(end - start < 2 * MARGIN + 40, "and no more than that");
});

test("the ends are the list's own", () => {
  assert.equal(at(0).start, 0);
  assert.equal(at(2000 * 50 - 500).end, 2000);
});

test("a list far below or above what is in sight has no rows", () => {
  for (const { start, end } of [at(-100_000), at(200_000)]) assert.equal(start, end);
});

test("a little scrolling changes nothing", () => {
  assert.deepEqual(at(50_000), at(50_040));
});

test("around a row there are rows on both sides, as far as there are any", () => {
  assert.deepEqual(around(500, 2000), { start: 500 - MARGIN, end: 500 + MARGIN });
  assert.deepEqual(around(1999, 2000), { start: 1999 - MARGIN, end: 2000 });
});
