// The list on the left: groups of rows. Redrawn row by row when data changes; the clock only touches texts.

import { byId, element, icon, setText } from "../shared/dom.js";
import { queueOf } from "./board.js";
import { durationText, secondsSince } from "../shared/duration.js";
import { groupsOf } from "./groups.js";
import { createKeyedList } from "./keyed_list.js";
import { createRow } from "./row_view.js";
import { createWindowedList } from "./windowed_list.js";
import { lateness } from "./urgent.js";
import { isMine } from "./visibility.js";

const EMPTY = { emergency: "没有紧急情况", offline: "没有离线留言", mine: "没有接待中的会话", queue: "没有人排队", all: "没有其他会话" };
const HIDDEN_WHEN_EMPTY = new Set(["emergency", "offline"]);

/** @param {{open: (id: string) => void, openNextUrgent: () => void}} actions */
export function createListView({ open, openNextUrgent }) {
  const root = byId("groups");
  const urgent = byId("next-urgent");
  const urgentText = element("span");
  urgent.append(icon("clock"), urgentText, element("kbd", { text: "Alt+N" }));
  urgent.addEventListener("click", openNextUrgent);
  const waiting = createQueueSummary(focusQueue);
  const itemOf = (summary) => itemFrom(state, summary);
  const groups = createKeyedList(root, { keyOf: ({ key }) => key, create: (group) => createGroup(group, { open, itemOf, scroller: root, now: () => lastTick }) });
  let drawnFrom = {};
  let state = null;
  let looking = false;
  let lastTick = 0;
  let focused = null; // the row that had the focus last: scrolled out of sight it does not exist

  root.tabIndex = -1; // holds the focus of a row that has been scrolled out of sight
  root.addEventListener("keydown", moveFocus);
  root.addEventListener("focusin", ({ target }) => {
    makeOnlyStop(root, target);
    focused = target.dataset.id ?? focused;
  });
  root.addEventListener("scroll", lookSoon, { passive: true });
  new ResizeObserver(lookSoon).observe(root);

  function render(next, now) {
    state = next;
    lastTick = now;
    const { conversations, me, openId, unread, typing } = next;
    if (Object.entries(drawnFrom).every(([name, value]) => next[name] === value) && drawnFrom.me) return;
    drawnFrom = { conversations, me, openId, unread, typing };
    const focusedId = root.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    groups.show(groupsOf(next).map((group) => ({ ...group, drawnFrom }))); // each anew: the rows show more than their summaries
    tick(now);
    keepFocus(root, focusedId);
  }

  /** Once a frame, however much is scrolled. */
  function lookSoon() {
    if (looking) return;
    looking = true;
    requestAnimationFrame(() => {
      looking = false;
      if (!state?.me) return;
      const focusedId = root.contains(document.activeElement) ? document.activeElement.dataset.id : null;
      for (const { look } of groups.rows.values()) look();
      keepFocus(root, focusedId);
    });
  }

  /** Every conversation of the list in its order, whether its row exists or not. */
  const order = () => (state ? groupsOf(state).flatMap(({ rows }) => rows.map(({ id }) => id)) : []);

  /** The row of this conversation, in sight; made if it does not exist. */
  function rowOf(id) {
    for (const { key, rows } of state ? groupsOf(state) : []) {
      const index = rows.findIndex((summary) => summary.id === id);
      if (index !== -1) groups.rows.get(key)?.reveal(index);
    }
    return root.querySelector(`.row[data-id="${CSS.escape(id)}"]`);
  }

  function moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const ids = order();
    const at = ids.indexOf(document.activeElement.dataset.id ?? focused);
    const id = ids[Math.min(ids.length - 1, Math.max(0, at + step))];
    if (id) rowOf(id)?.focus();
    event.preventDefault();
  }

  function tick(now) {
    lastTick = now;
    if (!state) return;
    for (const { tickRows } of groups.rows.values()) tickRows(now);
    drawUrgent(lateness(state, now));
    waiting.tick(state, now);
  }

  function focusQueue() {
    const found = state ? groupsOf(state) : [];
    const first = found.find(({ key }) => key === "queue")?.rows[0] ?? found.find(({ rows }) => rows.length)?.rows[0];
    if (first) rowOf(first.id)?.focus();
  }

  function drawUrgent({ overdue, warning }) {
    const level = overdue ? "overdue" : warning ? "warning" : "normal";
    if (urgent.dataset.level !== level) {
      urgent.dataset.level = level;
      urgent.firstChild.replaceWith(icon(level === "normal" ? "clock" : level));
    }
    const late = [overdue ? `${overdue} 个已超时` : "", warning ? `${warning} 个即将超时` : ""].filter(Boolean).join("，");
    setText(urgentText, late || "下一个待处理");
  }

  return {
    render,
    tick,
    focusRow: (id) => id && rowOf(id)?.focus(),
    focusQueue,

    /** @returns {string | null} the row `step` places away from the open one */
    neighbour(step) {
      const ids = order();
      const at = ids.indexOf(state?.openId);
      const id = ids[at === -1 ? 0 : at + step] ?? null;
      if (id) rowOf(id);
      return id;
    },
  };
}

/** With ten chats open the queue is below the edge; how many wait stays in sight. */
function createQueueSummary(focusQueue) {
  const text = element("span");
  byId("queue-summary").append(text, element("kbd", { text: "Alt+Q" }));
  byId("queue-summary").addEventListener("click", focusQueue);
  return {
    tick(state, now) {
      const { queueLength, longestSince } = queueOf(state.conversations);
      setText(text, queueLength ? `排队 ${queueLength} 人，最久 ${durationText(secondsSince(longestSince ?? now, now))}` : "没有人排队");
    },
  };
}

function itemFrom({ me, openId, unread, typing }, summary) {
  const { id } = summary;
  const mine = isMine(me, summary);
  return { id, summary, open: id === openId, unread: mine && unread.has(id), typing: typing.get(id) ?? null, mine };
}

function createGroup({ key }, { open, itemOf, scroller, now }) {
  const title = element("span");
  const count = element("span", { class: "count" });
  const heading = element("h2", { id: `group-${key}` }, key === "emergency" ? icon("alarm") : null, title, count);
  const empty = element("p", { class: "empty", text: EMPTY[key] });
  const list = element("ul", { "aria-labelledby": `group-${key}` });
  const windowed = createWindowedList(list, { scroller, keyOf: ({ id }) => id, create: () => createRow(open), itemOf, finish: () => tickRows(now()) });
  const node = element("section", { class: "group", "data-group": key }, heading, list, empty);

  function tickRows(time) {
    for (const { tick } of windowed.rows.values()) tick(time);
  }

  return {
    node,
    draw({ title: name, rows }) {
      setText(title, name);
      setText(count, String(rows.length));
      node.hidden = rows.length === 0 && HIDDEN_WHEN_EMPTY.has(key);
      empty.hidden = rows.length > 0;
      windowed.show(rows);
    },
    look: windowed.look,
    reveal: windowed.reveal,
    tickRows,
  };
}

/** One Tab stop for the whole list; arrow keys move inside it. */
function makeOnlyStop(root, target) {
  for (const row of root.querySelectorAll('.row[tabindex="0"]')) row.tabIndex = -1;
  if (target.matches(".row")) target.tabIndex = 0;
}

/** A row that moved to another group was made anew; its focus goes with it, or stays in the list. */
function keepFocus(root, focusedId) {
  if (focusedId && document.activeElement?.dataset.id !== focusedId) {
    const row = root.querySelector(`.row[data-id="${CSS.escape(focusedId)}"]`);
    if (row || !root.contains(document.activeElement)) (row ?? root).focus({ preventScroll: true });
  }
  keepStop(root);
}

function keepStop(root) {
  if (!root.querySelector('.row[tabindex="0"]')) root.querySelector(".row")?.setAttribute("tabindex", "0");
}
