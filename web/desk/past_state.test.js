import assert from "node:assert/strict";
import { test } from "node:test";

import { addPast, canGoOn, failPast, NO_PAST, startPast } from "./past_state.js";

const piece = (id, ...seqs) => ({ id, messages: seqs.map((seq) => ({ seq })) });
const shown = ({ conversations }) => conversations.map(({ id, messages }) => [id, ...messages.map(({ seq }) => seq)]);

test("pages go before each other; a conversation cut by a page is one", () => {
  const one = addPast(startPast(NO_PAST), { conversations: [piece("b", 7, 8), piece("c", 1)], before: "b~7" });
  const two = addPast(one, { conversations: [piece("a", 1), piece("b", 5, 6)], before: "a~1" });
  assert.deepEqual(shown(two), [["a", 1], ["b", 5, 6, 7, 8], ["c", 1]]);
  const end = addPast(two, { conversations: [], before: null });
  assert.deepEqual(shown(end), shown(two));
  assert.deepEqual([canGoOn(NO_PAST), canGoOn(startPast(two)), canGoOn(two), canGoOn(end)], [true, false, true, false]);
});

test("a page that did not come is told, and asked for again", () => {
  const failed = failPast(startPast(NO_PAST), "连接不上服务器");
  assert.deepEqual([failed.state, failed.error, canGoOn(failed)], ["failed", "连接不上服务器", true]);
  assert.equal(startPast(failed).error, "");
});
