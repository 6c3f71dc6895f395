// The page and the site around it: the key is given to the site that framed it, and to nobody else.

import assert from "node:assert/strict";
import test from "node:test";

import { manualClock } from "../shared/testing.js";
import { createFrame } from "./frame.js";

const SITE = "https://www.gas.example";

function page({ framed = true } = {}) {
  const clock = manualClock();
  const log = [];
  const said = [];
  const listeners = [];
  const window = { addEventListener: (_, call) => listeners.push(call) };
  const parent = { postMessage: (message, to) => said.push([to, message]) };
  window.parent = framed ? parent : window;
  const frame = createFrame({ window, clock, onBegin: (session) => log.push(`begin ${session}`), onShown: () => log.push("shown") });
  const hear = (data, source = parent, origin = SITE) => listeners.forEach((call) => call({ data, source, origin }));
  return { clock, log, said, frame, hear };
}

test("by itself it begins at once, and is seen", () => {
  const { frame, log, said } = page({ framed: false });
  frame.start();
  frame.keep("key");
  assert.deepEqual([log, said, frame.framed, frame.shown()], [["begin null"], [], false, true]);
});

test("in a site it begins with the key the site has kept, and tells it what changes", () => {
  const { frame, log, said, hear } = page();
  frame.start();
  assert.deepEqual([log, said, frame.shown()], [[], [["*", { gasdesk: "ready" }]], false]);
  hear({ gasdesk: "init", session: "key" });
  hear({ gasdesk: "shown", on: true });
  frame.keep("key");
  frame.unread(2);
  frame.close();
  assert.deepEqual(log, ["begin key", "shown"]);
  assert.deepEqual(said.slice(1), [[SITE, { gasdesk: "session", id: "key" }], [SITE, { gasdesk: "unread", count: 2 }], [SITE, { gasdesk: "close" }]]);
});

test("nobody but the site around it is heard, and nobody is told the key before", () => {
  const { frame, log, said, hear } = page();
  frame.start();
  hear({ gasdesk: "init", session: "stolen" }, {}, "https://evil.example");
  frame.keep("key");
  assert.deepEqual([log, said.length], [[], 1]);
});

test("framed by something that does not answer it begins alone, once", () => {
  const { frame, log, clock, hear } = page();
  frame.start();
  clock.pass(1000);
  assert.deepEqual([log, frame.shown()], [["begin null"], true]);
  hear({ gasdesk: "init", session: "key" });
  assert.deepEqual(log, ["begin null"]);
});
