// Keeps one Socket.IO connection alive: says whether it is up, and comes back where the library gives up.

const FIRST_DELAY = 2000;
const LONGEST_DELAY = 30000;

/**
 * @param {object} parts
 * @param parts.socket a socket.io-client Socket made with `autoConnect: false`
 * @param parts.clock see clock.js
 * @param {(state: "open" | "lost") => void} parts.onState
 */
export function createConnection({ socket, clock, onState }) {
  let delay = FIRST_DELAY;
  let cancelRetry = () => {};

  socket.on("connect", () => {
    delay = FIRST_DELAY;
    cancelRetry();
    onState("open");
  });
  socket.on("disconnect", lost);
  socket.on("connect_error", () => {
    tryOtherTransport(socket);
    lost();
  });

  function lost() {
    onState("lost");
    // `active`: the library reconnects by itself, but not after the server has closed or refused.
    if (!socket.active) retryLater();
  }

  function retryLater() {
    cancelRetry();
    cancelRetry = clock.after(delay, () => socket.connect());
    delay = Math.min(delay * 2, LONGEST_DELAY);
  }

  return {
    open: () => socket.connect(),

    /** The page has become visible or the network is back: do not sit out the waiting time. */
    wake() {
      if (!socket.connected) this.reopen();
    },

    /** Stay closed until `open`. */
    close() {
      socket.disconnect();
      cancelRetry();
    },

    /** Give up this connection for a new one: it looks open, but nobody answers. */
    reopen() {
      socket.disconnect();
      cancelRetry();
      socket.connect();
    },
  };
}

/** Some proxies swallow WebSocket without refusing it; the next attempt begins with the other transport. */
function tryOtherTransport(socket) {
  const options = socket.io?.opts;
  if (Array.isArray(options?.transports)) options.transports = [...options.transports].reverse();
}
