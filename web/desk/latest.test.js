import assert from "node:assert/strict";
import { test } from "node:test";

import { createLatest } from "./latest.js";

function asking() {
  const latest = createLatest();
  const told = [];
  const ask = () => {
    let [resolve, reject] = [];
    const answer = new Promise((...ways) => ([resolve, reject] = ways));
    const over = latest.ask(() => answer, (words) => told.push(words), (error) => told.push(error.message));
    return { resolve, reject, over };
  };
  return { latest, told, ask };
}

test("of two answers the one to the later question counts, whichever comes first", async () => {
  const { told, ask } = asking();
  const [first, second] = [ask(), ask()];
  second.resolve("second");
  await second.over;
  first.resolve("first");
  await first.over;
  assert.deepEqual(told, ["second"]);
});

test("a failure is told, but not that of an earlier question", async () => {
  const { told, ask } = asking();
  const [first, second] = [ask(), ask()];
  first.reject(new Error("first"));
  second.reject(new Error("second"));
  await Promise.all([first.over, second.over]);
  assert.deepEqual(told, ["second"]);
});

test("what is not wanted any more is neither taken nor told", async () => {
  const { latest, told, ask } = asking();
  const [taken, failed] = [ask(), ask()];
  latest.forget();
  taken.resolve("taken");
  failed.reject(new Error("failed"));
  await Promise.all([taken.over, failed.over]);
  assert.deepEqual(told, []);
});
