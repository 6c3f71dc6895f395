// The page inside a company's own site (embed/embed.js): the site keeps the customer's key where a frame may keep nothing,
// and shows how much is unread.

/** So long the page waits for the site around it before it begins alone. */
const WAIT = 1000;

/**
 * @param {object} parts
 * @param {Window} parts.window
 * @param {(session: string | null) => void} parts.onBegin what the site has kept
 * @param {() => void} parts.onShown the customer has opened the widget
 */
export function createFrame({ window, clock, onBegin, onShown }) {
  const { parent } = window;
  const framed = parent !== window;
  let site = null; // its origin
  let shown = !framed;
  let begun = false;

  function begin(session) {
    if (begun) return;
    begun = true;
    onBegin(session);
  }

  function hear({ source, origin, data }) {
    if (source !== parent) return;
    if (data?.gasdesk === "init") {
      site = origin;
      begin(typeof data.session === "string" ? data.session : null);
    } else if (data?.gasdesk === "shown") {
      shown = data.on === true;
      if (shown) onShown();
    }
  }

  /** Only to the site that has said its name; which sites may frame us at all is the server's word. */
  function say(message) {
    if (site !== null) parent.postMessage(message, site);
  }

  return {
    framed,
    /** The customer can see the conversation. */
    shown: () => shown,
    start() {
      if (!framed) return begin(null);
      window.addEventListener("message", hear);
      parent.postMessage({ gasdesk: "ready" }, "*"); // says nothing
      return clock.after(WAIT, () => {
        if (site === null) shown = true; // framed by something else
        begin(null);
      });
    },
    keep: (id) => say({ gasdesk: "session", id }),
    unread: (count) => say({ gasdesk: "unread", count }),
    close: () => say({ gasdesk: "close" }),
  };
}
