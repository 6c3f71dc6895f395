import assert from "node:assert/strict";
import { test } from "node:test";

import { ratesOf } from "./board_rates.js";

const board = (rates, more = {}) => ({
  queue: { length: 0, waiting_since: null, left: 2 },
  emergencies: 0,
  breaches: 0,
  absences: 0,
  rates: { asked: 4, answered: 3, quick: null, in_limit: null, at_all: null, ...rates },
  targets: { quick_seconds: 15, quick: 0.8, limit_seconds: 120 },
  ...more,
});
const of = (figures, key) => figures.find((figure) => figure.key === key);

test("before the first frame there are dashes", () => {
  assert.deepEqual(ratesOf(null).map(({ text }) => text), ["—", "—", "—", "—", "—"]);
  assert.ok(ratesOf(null).every(({ bad }) => !bad));
});

test("a share below its target is marked, and none is rounded up to it", () => {
  const figures = ratesOf(board({ quick: 0.7999, in_limit: 0.999, at_all: 1 }));
  assert.deepEqual(["quick", "in_limit", "at_all"].map((key) => [of(figures, key).text, of(figures, key).bad]), [["79%", true], ["99%", true], ["100%", false]]);
  assert.equal(of(ratesOf(board({ quick: 0.8 })), "quick").bad, false);
});

test("nothing decided yet is neither good nor bad", () => {
  assert.deepEqual([of(ratesOf(board({})), "quick").text, of(ratesOf(board({})), "quick").bad], ["—", false]);
});

test("the labels name the company's own limits; shares like 29/100 stay what they are", () => {
  const figures = ratesOf(board({ quick: 0.29 }, { targets: { quick_seconds: 20, quick: 0.8, limit_seconds: 90 } }));
  assert.deepEqual([of(figures, "quick").label, of(figures, "in_limit").label, of(figures, "quick").text], ["首答 20 秒内", "90 秒内", "29%"]);
});

test("open emergencies stand out", () => {
  assert.equal(of(ratesOf(board({}, { emergencies: 1 })), "emergencies").bad, true);
});
