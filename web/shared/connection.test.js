import assert from "node:assert/strict";
import test from "node:test";

import { createConnection } from "./connection.js";
import { manualClock, playedSocket } from "./testing.js";

function set() {
  const [socket, clock, states] = [playedSocket(), manualClock(), []];
  const connection = createConnection({ socket, clock, onState: (state) => states.push(state) });
  connection.open();
  return { socket, clock, states, connection };
}

test("an ordinary loss is left to the library", () => {
  const { socket, clock, states } = set();
  socket.open();
  socket.drop();
  clock.pass(60000);
  assert.deepEqual(states, ["open", "lost"]);
  assert.equal(socket.connects, 1);
});

test("after the server has closed, the page comes back by itself, later and later", () => {
  const { socket, clock } = set();
  socket.open();
  socket.drop("io server disconnect");
  clock.pass(1999);
  assert.equal(socket.connects, 1);
  clock.pass(1);
  assert.equal(socket.connects, 2);
  socket.active = false;
  socket.play("connect_error", new Error("refused"));
  clock.pass(3999);
  assert.equal(socket.connects, 2);
  clock.pass(1);
  assert.equal(socket.connects, 3);
});

test("a failed attempt lets the other transport go first", () => {
  const { socket } = set();
  socket.play("connect_error", new Error("timeout"));
  assert.deepEqual(socket.io.opts.transports, ["polling", "websocket"]);
});

test("waking up does not wait, and leaves an open connection alone", () => {
  const { socket, connection } = set();
  connection.wake();
  assert.equal(socket.connects, 2);
  socket.open();
  connection.wake();
  assert.equal(socket.connects, 2);
});

test("reopening leaves no second attempt behind", () => {
  const { socket, clock, connection } = set();
  socket.open();
  connection.reopen();
  assert.equal(socket.connects, 2);
  clock.pass(60000);
  assert.equal(socket.connects, 2);
});
