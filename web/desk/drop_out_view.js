// After a drop-out: who wrote meanwhile, a way to each, and one key that apologises to all of them (S0 系统操作 6).

import { byId, element, setText } from "../shared/dom.js";
import { knownOf, missedOf } from "./drop_out.js";

/**
 * @param {object} parts
 * @param {object} parts.store
 * @param {object} parts.storage outlives the window
 * @param {{apologise: (id: string) => Promise<object>}} parts.leadApi
 * @param {(id: string) => void} parts.open
 * @param {() => number} parts.now the server's clock, in milliseconds
 */
export function createDropOut({ store, storage, leadApi, open, now }) {
  const strip = byId("drop-out");
  const words = element("p");
  const customers = element("span", { class: "drop-out-customers" });
  const say = element("button", { class: "button primary", type: "button", text: "向他们致歉", title: "Alt+A", "aria-keyshortcuts": "Alt+A", onclick: apologise });
  const away = element("button", { class: "button", type: "button", text: "知道了", onclick: () => show({ waiting: [], moved: 0 }) });
  strip.append(words, customers, say, away);
  let waiting = [];
  let kept = "";

  const key = () => `desk.${store.state.me.staff_id}.known`;

  function show(missed) {
    waiting = missed.waiting;
    strip.hidden = waiting.length === 0 && missed.moved === 0;
    say.hidden = waiting.length === 0;
    const wrote = waiting.length ? `断线期间有 ${waiting.length} 位客户留言，还没有回复。` : "";
    setText(words, strip.hidden ? "" : `连接已恢复。${wrote}${missed.moved ? `您的 ${missed.moved} 个会话已转出或结束。` : ""}`);
    customers.replaceChildren(...waiting.map(({ id, customer }) => element("button", { class: "link", type: "button", text: customer, onclick: () => open(id) })));
  }

  async function apologise() {
    if (!waiting.length) return;
    const [first, asked] = [waiting[0], waiting];
    show({ waiting: [], moved: 0 });
    const said = await Promise.allSettled(asked.map(({ id }) => leadApi.apologise(id)));
    const failed = said.find(({ status }) => status === "rejected");
    if (failed) store.dispatch("notice", { text: `有客户没有收到致歉：${failed.reason.message}`, tone: "danger" });
    else store.dispatch("notice", { text: `已向 ${asked.length} 位客户致歉，请尽快回复。`, tone: "good" });
    open(first.id);
  }

  return {
    apologise,

    /** Around a snapshot: what the page knew before it counts, then what the server says. */
    around(takeOver) {
      const known = read(storage.get(key()));
      takeOver();
      const missed = missedOf(store.state, known, now());
      if (missed.waiting.length || missed.moved) show(missed);
      this.keep(store.state);
    },

    /** While the page is live it remembers what it has shown. */
    keep(state) {
      if (!state.me || !state.synced || state.connection !== "online") return;
      const json = JSON.stringify(knownOf(state));
      if (json === kept) return;
      kept = json;
      storage.set(key(), json);
    },

    /** Somebody who signs out has missed nothing when he comes again. */
    forget() {
      if (store.state.me) storage.remove(key());
      kept = "";
    },
  };
}

function read(json) {
  try {
    return JSON.parse(json ?? "null");
  } catch {
    return null;
  }
}
