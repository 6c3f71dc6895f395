// Files against an upload played by the test: each is sent once, however often the way breaks.

import assert from "node:assert/strict";
import test from "node:test";

import { createFileSender } from "./file_sender.js";
import { createFileStore } from "./file_store.js";
import { kindOf, labelOf, refusal, sizeWords } from "./file_words.js";
import { FILES, createOutbox } from "./outbox.js";
import { createStorage } from "./storage.js";
import { manualClock, plainStorage } from "./testing.js";

function page({ backend = plainStorage(), store = createFileStore(undefined) } = {}) {
  const clock = manualClock();
  const outbox = createOutbox(createStorage(() => backend), FILES);
  const log = [];
  const uploads = [];
  let session = "key";
  const sender = createFileSender({
    outbox,
    store,
    clock,
    upload(file) {
      const made = { ...file, cancelled: false };
      made.answer = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
      uploads.push(made);
      return { answer: made.answer, cancel: () => ((made.cancelled = true), made.reject(new Error("abort"))) };
    },
    sessionId: () => session,
    onAccepted: (id, seq) => log.push(`${id} accepted ${seq}`),
    onRefused(id, error) {
      outbox.markRefused(id, error, 0);
      log.push(`${id} refused ${error}`);
    },
    onProgress: (id, share) => log.push(`${id} ${share}`),
    lostWords: "不在了",
  });
  return { clock, outbox, log, uploads, sender, backend, store, setSession: (id) => (session = id) };
}

const entry = (id) => ({ id, at: "2026-01-05T09:00:00.000Z", text: "［图片］", message: "［图片］", name: `${id}.jpg` });
const settled = () => new Promise(setImmediate);
const ok = (id, seq) => ({ status: 200, body: { ok: true, id, seq } });
const bytes = new Blob(["x"]);

test("a file is sent with its id and its session, and forgotten when it is acknowledged", async () => {
  const visit = page();
  visit.sender.send(entry("a"), bytes);
  await settled();
  const [one] = visit.uploads;
  assert.deepEqual([one.id, one.name, one.session, one.bytes], ["a", "a.jpg", "key", bytes]);
  one.onProgress(0.5);
  one.resolve(ok("a", 4));
  await settled();
  assert.deepEqual(visit.log, ["a 0.5", "a accepted 4"]);
  assert.deepEqual(visit.outbox.all(), []);
  assert.equal(await visit.store.get("a"), undefined);
});

test("several go one after the other", async () => {
  const visit = page();
  visit.sender.send(entry("a"), bytes);
  visit.sender.send(entry("b"), bytes);
  await settled();
  assert.deepEqual(visit.uploads.map(({ id }) => id), ["a"]);
  visit.uploads[0].resolve(ok("a", 1));
  await settled();
  assert.deepEqual(visit.uploads.map(({ id }) => id), ["a", "b"]);
});

test("after a break it goes again under the same id: at the reconnect, or after a growing pause", async () => {
  const visit = page();
  visit.sender.send(entry("a"), bytes);
  await settled();
  visit.uploads[0].reject(new Error("error"));
  await settled();
  assert.deepEqual(visit.log, []);
  visit.clock.pass(3000);
  await settled();
  visit.uploads[1].resolve({ status: 502, body: null });
  await settled();
  visit.clock.pass(3000);
  await settled();
  assert.equal(visit.uploads.length, 2);
  visit.sender.flush();
  await settled();
  visit.uploads[2].resolve(ok("a", 1));
  await settled();
  visit.clock.pass(60000);
  await settled();
  assert.deepEqual(visit.uploads.map(({ id }) => id), ["a", "a", "a"]);
  assert.deepEqual(visit.log, ["a accepted 1"]);
});

test("without a session it waits for one", async () => {
  const visit = page();
  visit.setSession(null);
  visit.sender.send(entry("a"), bytes);
  await settled();
  assert.equal(visit.uploads.length, 0);
  visit.setSession("key");
  visit.sender.flush();
  await settled();
  assert.equal(visit.uploads.length, 1);
});

test("what is refused waits for the customer, and does not hold up the next", async () => {
  const visit = page();
  visit.sender.send(entry("a"), bytes);
  visit.sender.send(entry("b"), bytes);
  await settled();
  visit.uploads[0].resolve({ status: 422, body: { error: { message: "不能发送" } } });
  await settled();
  visit.uploads[1].resolve(ok("b", 1));
  await settled();
  assert.deepEqual(visit.log, ["a refused 不能发送", "b accepted 1"]);
  visit.sender.flush();
  await settled();
  assert.equal(visit.uploads.length, 2);
  visit.sender.retry("a");
  await settled();
  assert.equal(visit.uploads[2].id, "a");
});

test("a later page goes on with what an earlier one could not send", async () => {
  const first = page();
  first.setSession(null);
  await first.sender.send(entry("a"), bytes);
  const later = page({ backend: first.backend, store: first.store });
  later.sender.flush();
  await settled();
  assert.equal(later.uploads[0].bytes, bytes);
});

test("bytes that did not outlive the page are told", async () => {
  const first = page();
  first.setSession(null);
  await first.sender.send(entry("a"), bytes);
  const later = page({ backend: first.backend });
  later.sender.flush();
  await settled();
  assert.deepEqual(later.log, ["a refused 不在了"]);
});

test("what was seen in the conversation meanwhile, or given up, is stopped", async () => {
  const visit = page();
  visit.sender.send(entry("a"), bytes);
  await settled();
  visit.sender.forget("a");
  await settled();
  assert.equal(visit.uploads[0].cancelled, true);
  visit.sender.flush();
  await settled();
  assert.equal(visit.uploads.length, 1);
  assert.deepEqual(visit.log, []);
});

test("files are named as the server names them", () => {
  assert.equal(labelOf({ kind: "image", name: "a.png" }), "［图片］");
  assert.equal(labelOf({ kind: "file", name: "合同.pdf" }), "［文件 合同.pdf］");
  assert.equal(kindOf({ type: "image/heic" }), "image");
  assert.equal(kindOf({ type: "audio/mp4" }), "voice");
  assert.equal(kindOf({ type: "application/pdf" }), "file");
});

test("sizes are told in words, and what is too large before it is sent", () => {
  assert.deepEqual([10, 840_000, 3_500_000].map(sizeWords), ["1 KB", "820 KB", "3.3 MB"]);
  assert.equal(refusal({ size: 5 }, 20), "");
  assert.match(refusal({ size: 0 }, 20), /空的/);
  assert.match(refusal({ size: 21 * 1024 * 1024 }, 20), /20 MB/);
  assert.equal(refusal({ size: 21 * 1024 * 1024 }, null), "");
});
