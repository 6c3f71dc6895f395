// Times, links and ids: the small pure helpers.

import assert from "node:assert/strict";
import test from "node:test";

import { newId } from "./ids.js";
import { linkParts, telephoneAddress } from "./links.js";
import { clockWords, dayKey, dayWords } from "./times.js";

const local = (...parts) => new Date(...parts).toISOString();
const now = new Date(2026, 0, 5, 9, 5);

test("times are told in the reader's zone", () => {
  assert.equal(clockWords(local(2026, 0, 5, 9, 5)), "09:05");
  assert.equal(clockWords(null), "");
  assert.equal(clockWords("soon"), "");
});

test("days are told by name", () => {
  assert.equal(dayWords(local(2026, 0, 5, 0, 0), now), "今天");
  assert.equal(dayWords(local(2026, 0, 4, 23, 59), now), "昨天");
  assert.equal(dayWords(local(2026, 0, 2, 12, 0), now), "1月2日 星期五");
  assert.equal(dayWords(local(2025, 11, 31, 12, 0), now), "2025年12月31日 星期三");
  assert.notEqual(dayKey(local(2026, 0, 4, 23, 59)), dayKey(local(2026, 0, 5, 0, 0)));
});

const targets = (text, also) => linkParts(text, also).filter(({ href }) => href).map(({ href }) => href);

test("web addresses end before Chinese punctuation", () => {
  assert.deepEqual(targets("请看https://example.com/a?b=1，谢谢"), ["https://example.com/a?b=1"]);
});

test("only http and https become links", () => {
  assert.deepEqual(targets("javascript:alert(1) data:text/html,x http://"), []);
});

test("the text stays whole, whatever was linked", () => {
  const text = "拨打 0371-68880000 或 96777，网址 https://example.com。";
  assert.equal(linkParts(text, { numbers: ["96777"] }).map((part) => part.text).join(""), text);
});

test("service numbers and our own hotline can be tapped, accounts can not", () => {
  const also = { numbers: ["96777"] };
  assert.deepEqual(targets("热线 96777 或 400-123-4567、0371-68880000", also), ["tel:96777", "tel:4001234567", "tel:037168880000"]);
  assert.deepEqual(targets("户号 0012345678，单号 9677712345，读数 1234", also), []);
});

test("119 and 120 are links in a safety card only", () => {
  assert.deepEqual(targets("着火请拨打 119，读数 1120"), []);
  assert.deepEqual(targets("着火请拨打 119，读数 1120", { emergency: true }), ["tel:119"]);
});

test("only a telephone number makes a telephone address", () => {
  assert.equal(telephoneAddress("0371-6888 0000"), "tel:037168880000");
  assert.equal(telephoneAddress("javascript:1"), null);
  assert.equal(telephoneAddress(null), null);
});

test("ids are UUIDs with and without randomUUID", () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const plainHttp = { getRandomValues: (bytes) => crypto.getRandomValues(bytes) };
  assert.match(newId(), shape);
  assert.match(newId(plainHttp), shape);
  assert.notEqual(newId(plainHttp), newId(plainHttp));
});
