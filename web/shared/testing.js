// Stand-ins for what a page gets from its browser: a clock moved by hand, a socket played by the test, a storage.

export function manualClock(start = "2026-01-05T09:00:00.000Z") {
  let now = Date.parse(start);
  let timers = [];

  const add = (due, call) => {
    const timer = { due, call };
    timers.push(timer);
    return () => (timers = timers.filter((each) => each !== timer));
  };

  return {
    now: () => new Date(now),
    after: (milliseconds, call) => add(now + milliseconds, call),
    every(milliseconds, call) {
      let cancel = () => {};
      const again = () => {
        cancel = add(now + milliseconds, again);
        call();
      };
      cancel = add(now + milliseconds, again);
      return () => cancel();
    },
    /** Moves the time on and fires what falls due, in order. */
    pass(milliseconds) {
      const end = now + milliseconds;
      for (let timer = next(); timer && timer.due <= end; timer = next()) {
        timers = timers.filter((each) => each !== timer);
        now = timer.due;
        timer.call();
      }
      now = end;
    },
  };

  function next() {
    return [...timers].sort((one, other) => one.due - other.due)[0];
  }
}

/** A socket.io-client Socket whose server is the test. */
export function playedSocket() {
  const listeners = new Map();
  const socket = {
    connected: false,
    /** The library would reconnect by itself. */
    active: false,
    io: { opts: { transports: ["websocket", "polling"] } },
    /** Calls to the server: {name, body, answer}. */
    sent: [],
    connects: 0,
    on: (name, call) => listeners.set(name, [...(listeners.get(name) ?? []), call]),
    emit: (name, body, answer) => socket.sent.push({ name, body, answer }),
    connect() {
      socket.connects += 1;
      socket.active = true;
    },
    disconnect() {
      const was = socket.connected;
      socket.active = socket.connected = false;
      if (was) play("disconnect", "io client disconnect");
    },

    // What the server and the network do
    play,
    open() {
      socket.connected = socket.active = true;
      play("connect");
    },
    drop(reason = "transport close") {
      socket.connected = false;
      socket.active = reason !== "io server disconnect";
      play("disconnect", reason);
    },
    /** Calls of this name since the last look. */
    take(name) {
      const taken = socket.sent.filter((call) => call.name === name);
      socket.sent = socket.sent.filter((call) => call.name !== name);
      return taken;
    },
  };
  return socket;

  function play(name, ...values) {
    for (const call of listeners.get(name) ?? []) call(...values);
  }
}

/** A `localStorage`: its entries are its own properties, as in a browser. */
export function plainStorage(entries = {}) {
  const methods = {
    getItem(key) {
      return Object.hasOwn(this, key) ? this[key] : null;
    },
    setItem(key, value) {
      this[key] = String(value);
    },
    removeItem(key) {
      delete this[key];
    },
  };
  return Object.assign(Object.create(methods), entries);
}
