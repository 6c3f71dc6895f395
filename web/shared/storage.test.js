import assert from "node:assert/strict";
import test from "node:test";

import { createOutbox } from "./outbox.js";
import { createStorage } from "./storage.js";
import { plainStorage } from "./testing.js";

const refuse = () => {
  throw new Error("The operation is insecure.");
};

test("values are kept under our own prefix", () => {
  const backend = plainStorage({ other: "1" });
  const storage = createStorage(() => backend);
  storage.set("session", "abc");
  assert.equal(backend["gasdesk.session"], "abc");
  assert.equal(createStorage(() => backend).get("session"), "abc");
  assert.deepEqual(storage.keys(""), ["session"]);
});

test("without localStorage the page remembers as long as it lives", () => {
  const storage = createStorage(refuse);
  assert.equal(storage.get("session"), null);
  storage.set("session", "abc");
  assert.equal(storage.get("session"), "abc");
  assert.deepEqual(storage.keys("sess"), ["session"]);
  storage.remove("session");
  assert.equal(storage.get("session"), null);
});

test("a full disk never brings an old value back", () => {
  const backend = plainStorage();
  const storage = createStorage(() => backend);
  storage.set("draft", "old");
  Object.getPrototypeOf(backend).setItem = refuse;
  storage.set("draft", "new");
  assert.equal(storage.get("draft"), "new");
  assert.equal(backend.getItem("gasdesk.draft"), null);
});

test("another tab's key is recognised by its prefix", () => {
  const storage = createStorage(() => plainStorage());
  assert.equal(storage.ownKey("gasdesk.session"), "session");
  assert.equal(storage.ownKey("theirs"), null);
  assert.equal(storage.ownKey(null), null);
});

const entry = (id) => ({ id, at: "2026-01-05T09:00:00.000Z", text: id, message: id });

test("the outbox keeps the order of writing over a reload", () => {
  const backend = plainStorage();
  const outbox = createOutbox(createStorage(() => backend));
  for (const id of ["zzz", "aaa", "mmm"]) outbox.add(entry(id));
  const reloaded = createOutbox(createStorage(() => backend));
  assert.deepEqual(reloaded.all().map(({ id }) => id), ["zzz", "aaa", "mmm"]);
});

test("two tabs do not overwrite each other's messages", () => {
  const backend = plainStorage();
  const [one, other] = [createOutbox(createStorage(() => backend)), createOutbox(createStorage(() => backend))];
  one.add(entry("a"));
  other.add(entry("b"));
  one.remove("a");
  assert.deepEqual(other.all().map(({ id }) => id), ["b"]);
});

test("a spoilt entry is left out instead of stopping the others", () => {
  const backend = plainStorage({ "gasdesk.out.x": "{", "gasdesk.out.y": '{"id": 5}' });
  const outbox = createOutbox(createStorage(() => backend));
  outbox.add(entry("a"));
  assert.deepEqual(outbox.all().map(({ id }) => id), ["a"]);
});

test("a refusal is remembered until the customer tries again", () => {
  const outbox = createOutbox(createStorage(() => plainStorage()));
  outbox.add(entry("a"));
  outbox.markRefused("a", "太快", 7);
  assert.equal(outbox.find("a").refused, "太快");
  assert.equal(outbox.find("a").place, 7);
  outbox.clearRefusal("a");
  assert.equal(outbox.find("a").refused, undefined);
});
