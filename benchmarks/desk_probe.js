// Runs in the page before its own scripts: times what a person does until it is painted. For the benchmark only.

(() => {
  const probe = { blocked: [], arrivals: [], _done: null };
  window.deskProbe = probe;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.blocked.push(duration);
  }).observe({ type: "longtask", buffered: true });

  /** After the frame that is being prepared has been painted. */
  function painted(tell) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => tell(performance.now());
      channel.port2.postMessage(null);
    });
  }

  /** Poll frame by frame until it holds, then wait for the paint. */
  function whenSeen(holds, tell) {
    const look = () => (holds() ? painted(tell) : requestAnimationFrame(look));
    look();
  }

  /** From the next event of this type to the paint in which `holds` is true. */
  probe.time = (type, holds) => {
    probe._done = new Promise((resolve) => {
      window.addEventListener(type, (event) => whenSeen(holds, (at) => resolve(at - event.timeStamp)), { capture: true, once: true });
    });
  };
  probe.done = () => probe._done;

  const opened = new Set([null]);

  function rowsInSight() {
    const box = document.querySelector("#groups").getBoundingClientRect();
    return [...document.querySelectorAll("#groups .row")].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top > box.top + 40 && bottom < box.bottom;
    });
  }

  /** A row in sight that was not asked for before, or null. */
  probe.unopened = () => {
    const id = rowsInSight().find(({ dataset }) => !opened.has(dataset.id))?.dataset.id ?? null;
    opened.add(id);
    return id;
  };

  probe.others = () => rowsInSight().filter((row) => row.getAttribute("aria-current") !== "true").map(({ dataset }) => dataset.id);
  probe.frame = () => new Promise(painted);

  /** From each live frame with a customer's message to the paint in which its row tells it. */
  const { set, get } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    get,
    set(handler) {
      set.call(this, (event) => {
        const text = typeof event.data === "string" && event.data.includes('"message",') ? /arrival-\d+/.exec(event.data)?.[0] : null;
        const came = performance.now();
        handler.call(this, event);
        if (text) whenSeen(() => [...document.querySelectorAll(".row .line")].some(({ textContent }) => textContent.includes(text)), (at) => probe.arrivals.push(at - came));
      });
    },
  });
})();
