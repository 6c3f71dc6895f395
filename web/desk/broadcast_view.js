// Broadcasts: a strip until each is marked as read, and for a lead the tab to send one.

import { byId, element, setText } from "../shared/dom.js";
import { keyOf } from "./lead_frames.js";
import { createKeyedList } from "./keyed_list.js";
import { timeText } from "./words.js";

/** @param {{clock: object, store: object, storage: object}} parts `storage` outlives the window */
export function createBroadcastStrip({ clock, store, storage }) {
  const strip = byId("broadcasts");
  const list = element("ul", { class: "broadcasts" });
  strip.append(list);
  const rows = createKeyedList(list, { keyOf, create: createRow });

  const seenKey = () => `desk.${store.state.me.staff_id}.broadcast`;

  function createRow(broadcast) {
    const words = element("p");
    const read = element("button", { class: "button", type: "button", text: "知道了", onclick: () => markRead(broadcast.at) });
    return {
      node: element("li", {}, words, read),
      draw: ({ at, staff_id, group, text }) => setText(words, `班长 ${staff_id} ${timeText(at, clock.now())}${group ? `（${group}）` : ""}：${text}`),
    };
  }

  /** This one and all before it. */
  function markRead(at) {
    const known = storage.get(seenKey()) ?? "";
    if (at > known) storage.set(seenKey(), at);
    render(store.state);
  }

  function render({ me, broadcasts }) {
    const seen = storage.get(seenKey()) ?? "";
    const unread = broadcasts.filter(({ at, staff_id }) => at > seen && staff_id !== me.staff_id);
    strip.hidden = unread.length === 0;
    rows.show(unread);
  }

  return { render };
}

/** @param {{store: object, leadApi: object}} parts */
export function createBroadcastTab({ store, leadApi }) {
  const text = element("textarea", { rows: "4", maxlength: "500", required: true });
  const group = element("select");
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const send = element("button", { class: "button primary", type: "submit", text: "发送广播" });
  const node = element(
    "form",
    { class: "lead-form", onsubmit: say },
    element("label", { class: "field" }, element("span", { text: "内容（所有在线坐席马上看到，其他人上线后看到；客户看不到）" }), text),
    element("label", { class: "field" }, element("span", { text: "发给" }), group),
    error,
    send,
  );

  function fail(words) {
    setText(error, words);
    error.hidden = !words;
  }

  async function say(event) {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return fail("请写明广播内容。");
    send.disabled = true;
    try {
      const { broadcast } = await leadApi.broadcast(words, group.value);
      store.dispatch("broadcast", { broadcast });
      store.dispatch("notice", { text: "广播已发送。", tone: "good" });
      text.value = "";
      fail("");
    } catch (problem) {
      fail(Object.values(problem.fields ?? {})[0] ?? problem.message);
    } finally {
      send.disabled = false;
    }
  }

  return {
    key: "broadcast",
    label: "广播",
    leadOnly: true,
    node,
    open() {
      fail("");
      const chosen = group.value;
      group.replaceChildren(element("option", { value: "", text: "所有人" }), ...store.state.skillGroups.map((name) => element("option", { value: name, text: `技能组：${name}` })));
      group.value = chosen;
    },
  };
}
