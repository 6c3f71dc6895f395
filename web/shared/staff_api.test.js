import assert from "node:assert/strict";
import { test } from "node:test";

import { createApi } from "./staff_api.js";

const json = (status, body, headers = {}) => new Response(body === null ? null : JSON.stringify(body), { status, headers });

function apiThat(answer) {
  const calls = [];
  let signedOut = 0;
  const fetch = async (path, options) => {
    calls.push({ path, ...options });
    return answer();
  };
  return { api: createApi({ fetch, onSignedOut: () => (signedOut += 1) }), calls, signedOut: () => signedOut };
}

test("a call goes to its path with its body", async () => {
  const { api, calls } = apiThat(() => json(200, { message: { seq: 3 } }));
  assert.deepEqual(await api.send("a/b", { id: "x", text: "您好" }), { message: { seq: 3 } });
  assert.equal(calls[0].path, "/api/conversations/a%2Fb/messages");
  assert.deepEqual([calls[0].method, calls[0].body], ["POST", '{"id":"x","text":"您好"}']);
});

test("a refusal carries the server's words and how long to wait", async () => {
  const { api } = apiThat(() => json(429, { error: { code: "locked", message: "账号已锁定", retry_after: 840 } }));
  await assert.rejects(api.login("101", "x"), { status: 429, code: "locked", message: "账号已锁定", retryAfter: 840, unreachable: false });
});

test("the waiting time is also read from the header", async () => {
  const { api } = apiThat(() => json(429, { error: { code: "locked", message: "已锁定" } }, { "Retry-After": "60" }));
  await assert.rejects(api.login("101", "x"), { retryAfter: 60 });
});

test("an ended session is told to the page, a wrong password at sign-in is not", async () => {
  const ended = apiThat(() => json(401, { error: { code: "signed_out", message: "请登录" } }));
  await assert.rejects(ended.api.take("a"), { status: 401 });
  assert.equal(ended.signedOut(), 1);
  await assert.rejects(ended.api.login("101", "x"), { status: 401 });
  assert.equal(ended.signedOut(), 1);
});

test("no network, no answer in time, a broken proxy: all may be repeated", async () => {
  const thrown = (name) => () => Promise.reject(Object.assign(new Error(name), { name }));
  await assert.rejects(apiThat(thrown("TypeError")).api.me(), { status: 0, code: "unreachable", unreachable: true });
  await assert.rejects(apiThat(thrown("TimeoutError")).api.me(), { status: 0, code: "no_answer", unreachable: true });
  const proxy = () => new Response("<html>Bad Gateway</html>", { status: 502 });
  await assert.rejects(apiThat(proxy).api.me(), { status: 502, message: "服务器暂时出错，请稍后重试。", unreachable: true });
});

test("an answer that is no JSON is an error, not an answer", async () => {
  await assert.rejects(apiThat(() => new Response("ok", { status: 200 })).api.me(), { code: "broken_answer" });
});

test("no content is an answer", async () => {
  assert.equal(await apiThat(() => json(204, null)).api.logout(), null);
});
