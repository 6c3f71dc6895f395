import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, called, completed, find, firstBlank } from "./canned.js";

const reply = (title, initials, text = "您好") => ({ id: title, title, initials, text });
const REPLIES = [reply("问候", "wh"), reply("请您记录", "qnjl", "请您记录一下"), reply("正在核实", "zzhs", "我正在记录"), reply("业务受理", "ywsl")];

test("a slash at the beginning or after a space calls the list", () => {
  assert.deepEqual(called("/", 1), { query: "", start: 0 });
  assert.deepEqual(called("您好 /QN", 6), { query: "qn", start: 3 });
  assert.deepEqual(called("、记录", 3), { query: "记录", start: 0 }, "the slash key of a Chinese input method");
  assert.equal(called("8:30/20:00", 10), null);
  assert.equal(called("/qn 好", 5), null);
  assert.equal(called("煤气、天然气", 6), null);
});

test("replies are found by initials, title and text, the best first", () => {
  const titles = (query) => find(REPLIES, query).map(({ title }) => title);
  assert.deepEqual(titles("qn"), ["请您记录"]);
  assert.deepEqual(titles("记录"), ["请您记录", "正在核实"]);
  assert.deepEqual(titles("sl"), ["业务受理"]);
  assert.deepEqual(titles(""), ["问候", "请您记录", "正在核实", "业务受理"]);
  assert.deepEqual(titles("zzz"), []);
});

test("variables are filled in, what is not known stays to be filled in", () => {
  const text = completed("{称呼}，我是{公司}{工号}号，不提供{服务}服务", { 称呼: "尊敬的用户", 公司: "安居燃气", 工号: "101" });
  assert.equal(text, "尊敬的用户，我是安居燃气101号，不提供{服务}服务");
  assert.equal(text.slice(...firstBlank(text)), "{服务}");
  assert.equal(firstBlank("您好"), null);
});

test("a customer is addressed as he named himself", () => {
  assert.equal(addressOf({ collected: [{ label: "联系人", value: "王女士" }] }), "王女士");
  assert.equal(addressOf({ collected: [] }), "尊敬的用户");
  assert.equal(addressOf(null), "尊敬的用户");
});
