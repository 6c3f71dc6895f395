import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError } from "../shared/staff_api.js";
import { createSending } from "./sending.js";
import { createStore } from "./store.js";
import { T, message } from "./testing/shapes.js";

const clock = { now: () => new Date(T) };
const draft = (id) => ({ id, text: `文字 ${id}`, at: "t" });
const refused = new ApiError({ status: 409, code: "not_yours", message: "该会话已转给工号 102" });
const unreachable = new ApiError({ status: 0, code: "unreachable", message: "连接不上服务器" });

function desk(answer) {
  const store = createStore(clock);
  const sent = [];
  const api = {
    async send(conversationId, { id }) {
      sent.push(id);
      return answer(sent.length, id);
    },
  };
  return { store, sent, sending: createSending({ store, api }), thread: () => store.state.threads.get("a") };
}

const accepted = (seq, id) => ({ message: message(seq, { id, speaker: "agent", delivery: "pending" }) });

test("messages leave in the order they were written", async () => {
  const { sending, sent, thread } = desk(accepted);
  await Promise.all([sending.send("a", draft("x")), sending.send("a", draft("y"))]);
  assert.deepEqual(sent, ["x", "y"]);
  assert.deepEqual(thread().messages.map(({ id }) => id), ["x", "y"]);
  assert.equal(thread().outbox.length, 0);
});

test("what did not reach the server goes again with the same id when the connection is back", async () => {
  const { sending, sent, thread } = desk((count, id) => (count === 1 ? Promise.reject(unreachable) : accepted(count, id)));
  await sending.send("a", draft("x"));
  assert.deepEqual([thread().outbox[0].state, thread().outbox[0].error], ["failed", "连接不上服务器"]);
  sending.resend();
  await sending.send("a", draft("y"));
  assert.deepEqual(sent, ["x", "x", "y"]);
  assert.equal(thread().outbox.length, 0);
});

test("what the server refused waits for its writer", async () => {
  const { sending, sent, thread } = desk(() => Promise.reject(refused));
  await sending.send("a", draft("x"));
  sending.resend();
  assert.deepEqual(sent, ["x"]);
  assert.equal(thread().outbox[0].error, "该会话已转给工号 102");
});
