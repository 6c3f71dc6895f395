import assert from "node:assert/strict";
import { test } from "node:test";

import { byGroup, itemsOf, totalOf, totalText } from "./inspection_sheet.js";
import { lostText, scoreText, whyText } from "./inspection_words.js";

const CRITERIA = [
  { key: "opening", group: "开始语", name: "没有开头语", points: 2, fatal: false },
  { key: "harsh", group: "态度", name: "用语生硬", points: 5, fatal: false },
  { key: "refusal", group: "态度", name: "推诿", points: 10, fatal: true },
];

const filled = (times) => itemsOf(CRITERIA, Object.entries(times).map(([key, count]) => ({ ...CRITERIA.find((each) => each.key === key), times: count, remark: "" })));

test("points are taken off each time, never below nothing", () => {
  assert.deepEqual(totalOf(filled({}), 100), { score: 100, lost: 0, fatal: false });
  assert.equal(totalOf(filled({ opening: 2, harsh: 1 }), 100).score, 91);
  assert.equal(totalOf(filled({ harsh: 40 }), 100).score, 0);
});

test("a fatal item leaves nothing, and the words say so", () => {
  const total = totalOf(filled({ refusal: 1 }), 100);
  assert.equal(total.score, 0);
  assert.match(totalText(total), /一票否决/);
  assert.equal(totalText(totalOf(filled({ opening: 1 }), 100)), "得分 98 分，共扣 2 分");
});

test("what the company has given up since stays on the sheet", () => {
  const items = itemsOf(CRITERIA, [{ key: "old", name: "旧项", points: 7, times: 1, fatal: false, remark: "见第三句" }]);
  assert.deepEqual(byGroup(items).map(([group, rows]) => [group, rows.length]), [["开始语", 1], ["态度", 2], ["原评分项", 1]]);
  assert.equal(totalOf(items, 100).score, 93);
});

test("scores and reasons in words", () => {
  assert.equal(scoreText(null), "—");
  assert.equal(scoreText({ score: 0, fatal: true }), "0 分（一票否决）");
  assert.equal(whyText(["emergency", "breach"]), "险情、超时");
  assert.equal(whyText([]), "—");
  assert.equal(lostText({ points: 2, times: 2, fatal: false }), "扣 4 分（2 次）");
});
