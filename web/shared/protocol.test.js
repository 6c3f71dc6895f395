// The names the pages use are those of docs/protocol.md, and odd frames do no harm.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import * as protocol from "./protocol.js";

const document = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
const customerPart = document.slice(document.indexOf("## 1."), document.indexOf("## 2."));
const makeId = () => "made here";

/** First cells of the table whose head begins with these words. */
function namesInTable(head) {
  const lines = customerPart.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head}`));
  assert.notEqual(start, -1, `no table "${head}" in docs/protocol.md §1`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end).map((row) => row.match(/^\| `([a-z_]+)`/)[1]);
}

/** The words of "`speaker`: `bot | agent | system`" or of "owner: "bot" \| "queue"". */
function choicesOf(name) {
  const [, list] = customerPart.match(new RegExp(`\`${name}\`: \`([^\`]+)\``)) ?? customerPart.match(new RegExp(`${name}\\??: ((?:"[a-z]+"(?: \\\\\\| )?)+)`));
  return list.match(/[a-z_]+/g);
}

test("the calls are those of the document", () => {
  assert.deepEqual(Object.values(protocol.CALLS), namesInTable("client → server"));
});

test("the events are those of the document", () => {
  assert.deepEqual(Object.values(protocol.EVENTS), namesInTable("server → client"));
});

test("speakers, kinds, owners and the limit are those of the document", () => {
  assert.deepEqual([...protocol.SPEAKERS], choicesOf("speaker"));
  assert.deepEqual([...protocol.KINDS], choicesOf("kind"));
  assert.deepEqual([...protocol.OWNERS], choicesOf("owner"));
  const [, limit] = customerPart.match(/1–([\d,]+) characters/);
  assert.equal(protocol.MAX_CHARACTERS, Number(limit.replace(",", "")));
});

test("a bot's frame becomes a message", () => {
  const frame = {
    text: "对吗？",
    quick_replies: [{ content_type: "text", title: "对", payload: "/affirm" }, { title: "不对" }, { payload: "无题" }],
    metadata: { id: "a", seq: 3, at: "2026-01-05T09:00:00.000Z", speaker: "agent", kind: "question", agent: "101" },
  };
  const message = protocol.botMessage(frame, makeId);
  assert.deepEqual(message.choices, [{ title: "对", payload: "/affirm" }, { title: "不对", payload: "不对" }]);
  assert.deepEqual([message.id, message.seq, message.speaker, message.kind, message.agent], ["a", 3, "agent", "question", "101"]);
});

test("a frame with nothing but text is shown", () => {
  const message = protocol.botMessage({ text: "您好" }, makeId);
  assert.deepEqual([message.id, message.seq, message.speaker, message.kind], ["made here", null, "system", "answer"]);
});

test("frames without text, of the wrong shape or none are no messages", () => {
  for (const frame of [undefined, null, 5, "text", [], {}, { text: 5 }, { text: "  " }, { attachment: {} }]) {
    assert.equal(protocol.botMessage(frame, makeId), null);
    assert.equal(protocol.echoedMessage(frame, makeId), null);
  }
});

test("unknown words of a later server are taken as the plainest we know", () => {
  const metadata = { id: "a", seq: "3", speaker: "robot", kind: "poem" };
  const message = protocol.botMessage({ text: "您好", metadata, quick_replies: "none" }, makeId);
  assert.deepEqual([message.seq, message.speaker, message.kind, message.choices], [null, "system", "answer", []]);
});

test("an echo is the customer's own delivered message", () => {
  const message = protocol.echoedMessage({ text: "您好", metadata: { id: "a", seq: 1 } }, makeId);
  assert.deepEqual([message.speaker, message.delivery, message.seq], ["customer", "delivered", 1]);
});

test("a status is read, an unknown one refused", () => {
  const known = protocol.status({ assistant: "starting", owner: "queue", position: 4 }, null);
  assert.deepEqual(known, { owner: "queue", starting: true, position: 4, agent: null });
  assert.equal(protocol.status({ owner: "nobody" }, known), known);
  assert.equal(protocol.status(undefined, null), null);
  assert.equal(protocol.status({ owner: "queue", position: 0 }, null).position, null);
});

test("a status about the assistant alone leaves the owner", () => {
  const known = protocol.status({ assistant: "starting", owner: "agent", agent: "101" }, null);
  assert.deepEqual(protocol.status({ assistant: "ready" }, known), { ...known, starting: false });
  assert.equal(protocol.status({ assistant: "ready" }, null), null);
});

test("typing names a speaker or nobody", () => {
  assert.equal(protocol.typist({ on: true, speaker: "agent" }), "agent");
  assert.equal(protocol.typist({ on: false, speaker: "agent" }), null);
  assert.equal(protocol.typist({ on: true }), null);
});

test("characters are counted as the server does", () => {
  assert.equal(protocol.characters("气😀"), 2);
});
