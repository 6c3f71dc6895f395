// The messages of the open conversation: stays at the end while the reader is there, and says so when he is not.

import { element, icon, setText } from "../shared/dom.js";
import { keyOf } from "./flags.js";
import { createKeyedList } from "./keyed_list.js";
import { createMessageRow } from "./message_view.js";
import { between, createNoteRow } from "./note_view.js";

const NEAR_END = 60; // pixels

/** @param {object} actions see createMessageRow; and `reload: () => void` */
export function createTranscript(actions) {
  const list = element("ol", { class: "messages" });
  const rows = createKeyedList(list, { keyOf: ({ key }) => key, create: (item) => (item.note ? createNoteRow() : createMessageRow(item, actions)) });
  const status = element("p", { class: "thread-status", hidden: true });
  const typing = element("p", { class: "typing", hidden: true });
  const scroller = element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "消息" }, status, list, typing);
  const down = element("button", { class: "more", type: "button", hidden: true, onclick: toEnd }, icon("down"), "有新消息");
  const node = element("div", { class: "transcript" }, scroller, down);
  let shownId = null;
  let shownSeq = 0;

  let ended = true; // the reader is at the end; stays so when the box is made smaller

  let height = 0;

  scroller.addEventListener("scroll", onScroll, { passive: true });
  new ResizeObserver(() => (ended ? toEnd() : (height = scroller.clientHeight))).observe(scroller);

  function onScroll() {
    if (scroller.clientHeight !== height) return; // the box changed, not the reader's place
    ended = atEnd();
    if (ended) down.hidden = true;
  }

  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;

  function toEnd() {
    scroller.scrollTop = scroller.scrollHeight;
    height = scroller.clientHeight;
    ended = true;
    down.hidden = true;
  }

  function drawStatus(thread) {
    const failed = Boolean(thread.error);
    status.hidden = thread.loaded && !failed;
    if (status.hidden) return status.replaceChildren();
    if (!failed) return status.replaceChildren("正在载入消息…");
    return status.replaceChildren(`消息没有载入：${thread.error} `, element("button", { class: "link", type: "button", text: "重新载入", onclick: actions.reload }));
  }

  return {
    node,
    toEnd,

    render(summary, thread, { me, now, flagged }) {
      const changed = shownId !== summary.id;
      if (changed) rows.clear();
      const stay = changed || ended;
      const last = thread.messages.at(-1)?.seq ?? 0;
      rows.show(itemsOf(summary, thread, me, now, flagged));
      drawStatus(thread);
      if (stay || thread.outbox.some(({ state }) => state === "sending")) toEnd();
      else if (last > shownSeq) down.hidden = false;
      shownId = summary.id;
      shownSeq = last;
    },

    showTyping(words) {
      setText(typing, words);
      typing.hidden = !words;
      if (words && ended) toEnd();
    },
  };
}

function itemsOf({ id, customer }, thread, me, now, flagged) {
  const confirmed = thread.messages.map((message) => ({ key: `seq-${message.seq}`, message, customer, me: me.staff_id, day: now.toDateString(), flagged: flagged.has(keyOf(id, message.seq)), now }));
  const waiting = thread.outbox.map((draft) => ({ key: `own-${draft.id}`, draft, now }));
  const notes = thread.notes.map((note) => ({ key: `note-${note.id}`, note, me: me.staff_id, now }));
  return [...between(confirmed, notes), ...waiting];
}
