import assert from "node:assert/strict";
import { test } from "node:test";

import { manualClock } from "../shared/testing.js";
import { createSearch, marked } from "./search.js";

const settle = () => new Promise((done) => setImmediate(done));

function opened() {
  const clock = manualClock();
  const desk = { clock, asked: [], shown: null };
  const api = {
    async search(query, before) {
      desk.asked.push([query, before]);
      if (query === "坏了") throw new Error("服务器暂时出错，请稍后重试。");
      return { results: [{ query, before }], words: [query], before: before ? null : 7 };
    },
  };
  desk.search = createSearch({ api, clock, changed: (found) => (desk.shown = found) });
  return desk;
}

test("typing asks once after a pause, Enter at once", async () => {
  const desk = opened();
  for (const text of ["漏", "漏气", "漏气 "]) desk.search.type(text);
  assert.deepEqual(desk.asked, []);
  desk.clock.pass(300);
  await settle();
  assert.deepEqual([desk.asked, desk.shown.state], [[["漏气", undefined]], "done"]);
  desk.search.now("灶");
  desk.search.type("");
  await settle();
  assert.deepEqual([desk.shown.state, desk.shown.results], ["idle", []], "an answer to what was wiped out is dropped");
});

test("a further page is put behind, and an end is an end", async () => {
  const desk = opened();
  desk.search.now("漏气");
  await settle();
  desk.search.more();
  await settle();
  desk.search.more();
  await settle();
  assert.deepEqual(desk.asked, [["漏气", undefined], ["漏气", 7]]);
  assert.equal(desk.shown.results.length, 2);
  desk.search.now("坏了");
  await settle();
  assert.deepEqual([desk.shown.state, desk.shown.results], ["failed", []]);
});

test("the words are marked in any spelling", () => {
  assert.deepEqual(marked("我家漏气了", ["漏气"]), [["我家", false], ["漏气", true], ["了", false]]);
  assert.deepEqual(marked("ＩＣ卡", ["ic卡"]), [["ＩＣ卡", true]]);
  assert.deepEqual(marked("哈哈哈", ["哈哈"]), [["哈哈哈", true]]);
  assert.deepEqual(marked("没有", [""]), [["没有", false]]);
  assert.deepEqual(marked("㎥漏气", ["漏气"]), [["㎥漏气", false]], "what grows when it is folded is left alone");
});
