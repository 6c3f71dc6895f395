// Short notices in the corner; each stays long enough to be read and can be clicked away or followed.

import { byId, element, setText } from "../shared/dom.js";
import { createKeyedList } from "./keyed_list.js";

const STAY_MS = 12_000;

/** @param {{clock: object, open: (id) => void, over: (id: number) => void}} parts */
export function createNotices({ clock, open, over }) {
  const list = createKeyedList(byId("notices"), { keyOf: ({ id }) => String(id), create: (notice) => createNotice(notice) });

  function createNotice({ id, conversationId }) {
    clock.after(STAY_MS, () => over(id));
    const text = element("span");
    const follow = conversationId ? element("button", { class: "link", type: "button", text: "查看", onclick: () => open(conversationId) }) : null;
    const away = element("button", { class: "link", type: "button", text: "关闭", onclick: () => over(id) });
    const node = element("div", { class: "notice" }, text, follow, away);
    return {
      node,
      draw(notice) {
        node.dataset.tone = notice.tone;
        setText(text, notice.text);
      },
    };
  }

  return { render: ({ notices }) => list.show(notices) };
}
