// The messages of the open conversation: stays at the end while the reader is there, and says so when he is not.

import { element, icon, setText } from "../shared/dom.js";
import { keyOf } from "./flags.js";
import { createKeyedList } from "./keyed_list.js";
import { createMessageRow } from "./message_view.js";
import { between, createNoteRow } from "./note_view.js";
import { createDivider, createPastHead, pastItems } from "./past_view.js";

const NEAR_END = 60; // pixels
const NEAR_TOP = 40;

/** @param {object} actions see createMessageRow; `reload: () => void`, `loadPast: () => void` */
export function createTranscript(actions) {
  const list = element("ol", { class: "messages" });
  const rows = createKeyedList(list, { keyOf: ({ key }) => key, create: (item) => createItem(item, actions) });
  const past = createPastHead({ load: actions.loadPast });
  const status = element("p", { class: "thread-status", hidden: true });
  const typing = element("p", { class: "typing", hidden: true });
  const scroller = element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "消息" }, past.node, status, list, typing);
  const down = element("button", { class: "more", type: "button", hidden: true, onclick: toEnd }, icon("down"), "有新消息");
  const node = element("div", { class: "transcript" }, scroller, down);
  let shownId = null;
  let shownSeq = 0;
  let shownPast = null;
  let wanted = null; // {id, seq} of a message to be brought into sight

  let ended = true; // the reader is at the end; stays so when the box is made smaller

  let height = 0;
  let mayLookBack = false;

  scroller.addEventListener("scroll", onScroll, { passive: true });
  new ResizeObserver(() => (ended ? toEnd() : (height = scroller.clientHeight))).observe(scroller);

  function onScroll() {
    if (scroller.clientHeight !== height) return; // the box changed, not the reader's place
    ended = atEnd();
    if (ended) down.hidden = true;
    else if (scroller.scrollTop < NEAR_TOP && mayLookBack) actions.loadPast();
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

  /** What came in above moves nothing before the reader's eyes. */
  function keepPlace(before) {
    scroller.scrollTop += scroller.scrollHeight - before;
    ended = atEnd();
    height = scroller.clientHeight;
  }

  function showWanted(id, loaded) {
    if (wanted?.id !== id || !loaded) return false;
    const row = rows.rows.get(`seq-${wanted.seq}`);
    wanted = null;
    if (!row) return false;
    row.node.classList.add("is-found");
    row.node.scrollIntoView({ block: "center" });
    ended = atEnd();
    height = scroller.clientHeight;
    return true;
  }

  return {
    node,
    toEnd,

    /** Brings message `seq` of conversation `id` into sight, as soon as it is there. */
    want(id, seq) {
      wanted = seq === null ? null : { id, seq };
      for (const { node: row } of rows.rows.values()) row.classList.remove("is-found");
    },

    /** `looksBack`: this person may see what the customer said before. */
    render(summary, thread, { me, now, flagged, looksBack }) {
      const changed = shownId !== summary.id;
      if (changed) rows.clear();
      const stay = changed || ended;
      const last = thread.messages.at(-1)?.seq ?? 0;
      const before = scroller.scrollHeight;
      const older = !changed && thread.past.conversations !== shownPast && last === shownSeq;
      rows.show(itemsOf(summary, thread, me, now, flagged));
      drawStatus(thread);
      mayLookBack = looksBack && thread.loaded;
      past.draw(thread.past, mayLookBack);
      shownPast = thread.past.conversations;
      if (showWanted(summary.id, thread.loaded)) down.hidden = true;
      else if (older) keepPlace(before);
      else if (stay || thread.outbox.some(({ state }) => state === "sending")) toEnd();
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

function createItem(item, actions) {
  if ("divider" in item) return createDivider();
  return item.note ? createNoteRow() : createMessageRow(item, actions);
}

function itemsOf({ id, customer }, thread, me, now, flagged) {
  const confirmed = thread.messages.map((message) => ({ key: `seq-${message.seq}`, message, customer, me: me.staff_id, day: now.toDateString(), flagged: flagged.has(keyOf(id, message.seq)), now }));
  const waiting = thread.outbox.map((draft) => ({ key: `own-${draft.id}`, draft, now }));
  const notes = thread.notes.map((note) => ({ key: `note-${note.id}`, note, me: me.staff_id, now }));
  return [...pastItems(thread.past, customer, me.staff_id, now), ...between(confirmed, notes), ...waiting];
}
