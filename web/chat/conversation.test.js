// The page without a screen against a server played by the test: nothing lost, nothing doubled, nothing missed.

import assert from "node:assert/strict";
import test from "node:test";

import { createStorage } from "../shared/storage.js";
import { manualClock, plainStorage, playedSocket } from "../shared/testing.js";
import { createConversation } from "./conversation.js";

function page({ backend = plainStorage(), clock = manualClock() } = {}) {
  const socket = playedSocket();
  const log = { typing: [], settled: [], failed: [], notices: [], messages: [] };
  const conversation = createConversation({
    socket,
    clock,
    storage: createStorage(() => backend),
    onChange: () => {},
    onMessage: (message) => log.messages.push(message.text),
    onReady: () => {},
    onTyping: (speaker) => log.typing.push(speaker),
    onSettled: (id) => log.settled.push(id),
    onFailed: (id) => log.failed.push(id),
    onNotice: (error) => log.notices.push(error),
  });
  conversation.open();
  return { socket, clock, backend, conversation, log };
}

function connect(parts, id = "key") {
  parts.socket.open();
  parts.socket.play("session_confirm", id);
  return parts;
}

const bot = (seq, text = `text ${seq}`) => ({ text, metadata: { id: `b${seq}`, seq, at: "2026-01-05T09:00:00.000Z", speaker: "bot", kind: "answer" } });
const requests = ({ socket }) => socket.take("session_request").map(({ body }) => body);
const sent = ({ socket }) => socket.take("user_uttered");
const shown = ({ conversation }) => conversation.messages().map(({ text, delivery }) => (delivery ? `${text}:${delivery}` : text));

test("a first visit asks for a new session and keeps its key", () => {
  const visit = page();
  visit.socket.open();
  assert.deepEqual(requests(visit), [{ session_id: null, metadata: { after: 0 } }]);
  assert.equal(visit.conversation.link(), "connecting");
  visit.socket.play("session_confirm", "key");
  assert.equal(visit.conversation.link(), "open");
  assert.equal(visit.backend["gasdesk.session"], "key");
});

test("a later visit asks for the whole conversation, a reconnect for what came after the last", () => {
  const visit = page({ backend: plainStorage({ "gasdesk.session": "key" }) });
  connect(visit);
  assert.deepEqual(requests(visit), [{ session_id: "key", metadata: { after: 0 } }]);
  visit.socket.play("bot_uttered", bot(1));
  visit.socket.play("bot_uttered", bot(2));
  visit.socket.drop();
  connect(visit);
  assert.deepEqual(requests(visit), [{ session_id: "key", metadata: { after: 2 } }]);
});

test("a message is sent with its id and acknowledged", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "您好" });
  const [call] = sent(visit);
  assert.deepEqual(call.body, { message: "您好", session_id: "key", metadata: { id } });
  assert.deepEqual(shown(visit), ["您好:pending"]);
  call.answer({ ok: true, id, seq: 1 });
  assert.deepEqual(shown(visit), ["您好:delivered"]);
  assert.deepEqual(visit.log.settled, [id]);
  assert.equal(visit.backend[`gasdesk.out.${id}`], undefined);
});

test("a quick reply shows its title and sends its payload", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "对", message: "/affirm", title: "对" });
  assert.deepEqual(sent(visit)[0].body, { message: "/affirm", session_id: "key", metadata: { id, title: "对" } });
  assert.deepEqual(shown(visit), ["对:pending"]);
});

test("what is written offline is sent in order after the reconnect, with the same ids", () => {
  const visit = page();
  const ids = ["一", "二", "三"].map((text) => visit.conversation.write({ text }));
  assert.equal(sent(visit).length, 0);
  connect(visit);
  const calls = sent(visit);
  assert.deepEqual(calls.map(({ body }) => body.metadata.id), ids);
  assert.deepEqual(calls.map(({ body }) => body.message), ["一", "二", "三"]);
});

test("unacknowledged messages are resent after a reconnect, acknowledged ones are not", () => {
  const visit = connect(page());
  const ids = ["一", "二"].map((text) => visit.conversation.write({ text }));
  sent(visit)[0].answer({ ok: true, id: ids[0], seq: 1 });
  visit.socket.drop();
  connect(visit);
  assert.deepEqual(sent(visit).map(({ body }) => body.metadata.id), [ids[1]]);
});

test("unsent messages survive a reload and a dead server", () => {
  const first = page();
  const id = first.conversation.write({ text: "我闻到燃气味，怀疑漏气" });
  const second = page({ backend: first.backend });
  assert.deepEqual(shown(second), ["我闻到燃气味，怀疑漏气:pending"]);
  connect(second);
  assert.deepEqual(sent(second).map(({ body }) => body.metadata.id), [id]);
});

test("an unanswered message is tried three times, then offered for retry, then sent again at the next confirmation", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "您好" });
  visit.clock.pass(29999);
  assert.equal(sent(visit).length, 3);
  assert.deepEqual(shown(visit), ["您好:pending"]);
  visit.clock.pass(1);
  assert.deepEqual(shown(visit), ["您好:failed"]);
  assert.deepEqual(visit.log.failed, [id]);
  visit.conversation.refresh();
  visit.socket.play("session_confirm", "key");
  assert.deepEqual(shown(visit), ["您好:pending"]);
  sent(visit)[0].answer({ ok: true, id, seq: 1 });
  assert.deepEqual(shown(visit), ["您好:delivered"]);
});

test("a refused message is kept with its reason and not resent until the customer says so", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "您好" });
  sent(visit)[0].answer({ ok: false, id, error: "发送太快" });
  assert.equal(visit.conversation.messages()[0].error, "发送太快");
  const reloaded = connect(page({ backend: visit.backend }));
  assert.deepEqual(shown(reloaded), ["您好:failed"]);
  assert.equal(sent(reloaded).length, 0);
  reloaded.conversation.retry(id);
  assert.deepEqual(sent(reloaded).map(({ body }) => body.metadata.id), [id]);
});

test("a refusal that passes is got over without the customer", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "您好" });
  sent(visit)[0].answer({ ok: false, id, error: "系统暂时无法保存消息" });
  visit.conversation.refresh();
  visit.socket.play("session_confirm", "key");
  sent(visit)[0].answer({ ok: true, id, seq: 1 });
  assert.deepEqual(shown(visit), ["您好:delivered"]);
});

test("after three refusals only the customer tries again", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "您好" });
  for (let round = 0; round < 5; round += 1) {
    for (const call of sent(visit)) call.answer({ ok: false, id, error: "不能" });
    visit.conversation.refresh();
    visit.socket.play("session_confirm", "key");
  }
  assert.deepEqual(shown(visit), ["您好:failed"]);
  visit.conversation.retry(id);
  assert.equal(sent(visit).length, 1);
});

test("a refused message given up is gone for good", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "您好" });
  sent(visit)[0].answer({ ok: false, id, error: "发送太快" });
  visit.conversation.discard(id);
  assert.deepEqual(shown(connect(page({ backend: visit.backend }))), []);
});

test("the echo of a message whose acknowledgement was lost ends its resending", () => {
  const visit = connect(page());
  const id = visit.conversation.write({ text: "您好" });
  visit.socket.drop();
  visit.socket.open();
  sent(visit);
  visit.socket.play("user_echo", { text: "您好", metadata: { id, seq: 1, at: "2026-01-05T09:00:00.000Z" } });
  visit.socket.play("session_confirm", "key");
  assert.equal(sent(visit).length, 0);
  assert.deepEqual(shown(visit), ["您好:delivered"]);
});

test("a replayed message is shown once", () => {
  const visit = connect(page());
  for (const frame of [bot(1), bot(2), bot(1), bot(2)]) visit.socket.play("bot_uttered", frame);
  assert.deepEqual(shown(visit), ["text 1", "text 2"]);
});

test("a gap that stays is asked for; one that closes by itself is not", () => {
  const visit = connect(page());
  requests(visit);
  visit.socket.play("bot_uttered", bot(2));
  visit.socket.play("bot_uttered", bot(1));
  visit.clock.pass(1000);
  assert.deepEqual(requests(visit), []);
  visit.socket.play("bot_uttered", bot(4));
  visit.clock.pass(300);
  assert.deepEqual(requests(visit), [{ session_id: "key", metadata: { after: 2 } }]);
});

test("a gap the server cannot fill is given up after three requests", () => {
  const visit = connect(page());
  visit.socket.play("bot_uttered", bot(5));
  requests(visit);
  for (let round = 0; round < 60; round += 1) {
    visit.clock.pass(500);
    visit.socket.play("session_confirm", "key");
  }
  assert.equal(requests(visit).length, 3);
  visit.conversation.refresh();
  assert.deepEqual(requests(visit), [{ session_id: "key", metadata: { after: 5 } }]);
});

test("a server that does not confirm is left for a new connection", () => {
  const visit = page();
  visit.socket.open();
  visit.clock.pass(8000);
  assert.equal(visit.socket.connects, 2);
});

test("a session the server no longer knows is replaced; what was not stored goes to the new one", () => {
  const visit = connect(page({ backend: plainStorage({ "gasdesk.session": "old" }) }), "old");
  visit.socket.play("bot_uttered", bot(1));
  visit.socket.drop();
  visit.conversation.write({ text: "还在吗" });
  connect(visit, "new");
  assert.deepEqual(shown(visit), ["还在吗:pending"]);
  assert.equal(sent(visit)[0].body.session_id, "new");
  assert.equal(visit.backend["gasdesk.session"], "new");
});

test("two new tabs end up in the same session", () => {
  const backend = plainStorage();
  const [one, other] = [page({ backend }), page({ backend })];
  one.socket.open();
  other.socket.open();
  one.socket.play("session_confirm", "first");
  other.socket.play("session_confirm", "second");
  assert.deepEqual(requests(other).pop(), { session_id: "first", metadata: { after: 0 } });
  other.socket.play("session_confirm", "first");
  other.conversation.write({ text: "您好" });
  assert.equal(sent(other)[0].body.session_id, "first");
});

test("what is read is told once, and only up to the first gap", () => {
  const visit = connect(page());
  for (const seq of [1, 2, 4]) visit.socket.play("bot_uttered", bot(seq));
  visit.conversation.read();
  visit.conversation.read();
  assert.deepEqual(visit.socket.take("seen").map(({ body }) => body), [{ session_id: "key", seq: 2 }]);
});

test("losing the connection ends the typing sign and is told", () => {
  const visit = connect(page());
  visit.socket.play("typing", { on: true, speaker: "agent" });
  visit.socket.drop();
  assert.deepEqual(visit.log.typing, ["agent", null]);
  assert.equal(visit.conversation.link(), "lost");
});

test("an error notice reaches the customer, an unknown status changes nothing", () => {
  const visit = connect(page());
  visit.socket.play("status", { assistant: "ready", owner: "agent", agent: "101" });
  visit.socket.play("status", { owner: "moon" });
  visit.socket.play("error_notice", { error: "看不懂" });
  assert.equal(visit.conversation.status().agent, "101");
  assert.deepEqual(visit.log.notices, ["看不懂"]);
});

test("without localStorage everything works as long as the page lives", () => {
  const refuse = () => {
    throw new Error("The operation is insecure.");
  };
  const visit = page({ backend: new Proxy({}, { get: refuse, ownKeys: refuse }) });
  visit.conversation.write({ text: "您好" });
  connect(visit);
  assert.equal(sent(visit).length, 1);
});
