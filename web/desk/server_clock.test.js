import assert from "node:assert/strict";
import { test } from "node:test";

import { UNKNOWN_SKEW, noteServerTime, serverNow } from "./server_clock.js";

const iso = (ms) => new Date(ms).toISOString();
const T = Date.parse("2026-01-05T09:00:00.000Z");

test("without a frame the page's own clock is used", () => {
  assert.equal(serverNow(UNKNOWN_SKEW, T), T);
});

test("a page whose clock is 90 s slow shows the server's time", () => {
  const skew = noteServerTime(UNKNOWN_SKEW, iso(T + 90_000), T);
  assert.equal(serverNow(skew, T + 1_000), T + 91_000);
});

test("a frame that came late does not turn the clock back", () => {
  let skew = noteServerTime(UNKNOWN_SKEW, iso(T), T);
  skew = noteServerTime(skew, iso(T + 1_000), T + 6_000);
  assert.equal(serverNow(skew, T + 6_000), T + 6_000);
});

test("an old measurement gives way, so a corrected page clock is noticed", () => {
  let skew = noteServerTime(UNKNOWN_SKEW, iso(T), T - 30_000);
  skew = noteServerTime(skew, iso(T + 61_000), T + 61_000);
  assert.equal(serverNow(skew, T + 61_000), T + 61_000);
});

test("a page clock that was set back is noticed at once", () => {
  let skew = noteServerTime(UNKNOWN_SKEW, iso(T), T);
  skew = noteServerTime(skew, iso(T + 1_000), T - 3_600_000);
  assert.equal(serverNow(skew, T - 3_600_000), T + 1_000);
});

test("a frame without a time, or with a broken one, changes nothing", () => {
  const skew = noteServerTime(UNKNOWN_SKEW, iso(T), T);
  assert.equal(noteServerTime(skew, undefined, T), skew);
  assert.equal(noteServerTime(skew, "yesterday", T), skew);
});
