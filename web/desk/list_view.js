// The list on the left: groups of rows. Redrawn row by row when data changes; the clock only touches texts.

import { byId, element, icon, setText } from "../shared/dom.js";
import { boardOf } from "./board.js";
import { durationText, secondsSince } from "../shared/duration.js";
import { groupsOf } from "./groups.js";
import { createKeyedList } from "./keyed_list.js";
import { createRow } from "./row_view.js";
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
  const groups = createKeyedList(root, { keyOf: ({ key }) => key, create: (group) => createGroup(group, open) });
  let drawnFrom = {};
  let state = null;

  root.addEventListener("keydown", (event) => moveFocus(root, event));
  root.addEventListener("focusin", ({ target }) => makeOnlyStop(root, target));

  function render(next, now) {
    state = next;
    const { conversations, me, openId, unread, typing } = next;
    if (Object.entries(drawnFrom).every(([name, value]) => next[name] === value) && drawnFrom.me) return;
    drawnFrom = { conversations, me, openId, unread, typing };
    const focusedId = root.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    groups.show(groupsOf(next).map(({ key, title, rows }) => ({ key, title, items: rows.map((summary) => itemOf(next, summary)) })));
    tick(now);
    keepFocus(root, focusedId);
  }

  function tick(now) {
    if (!state) return;
    for (const { tickRows } of groups.rows.values()) tickRows(now);
    drawUrgent(lateness(state, now));
    waiting.tick(state, now);
  }

  function focusQueue() {
    const row = root.querySelector('[data-group="queue"] .row') ?? root.querySelector(".row");
    row?.focus();
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
    focusRow: (id) => root.querySelector(`.row[data-id="${CSS.escape(id)}"]`)?.focus(),
    focusQueue,

    /** @returns {string | null} the row `step` places away from the open one */
    neighbour(step) {
      const ids = [...root.querySelectorAll(".row")].map(({ dataset }) => dataset.id);
      const at = ids.indexOf(state?.openId);
      return ids[at === -1 ? 0 : at + step] ?? null;
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
      const { queueLength, longestSince } = boardOf(state);
      setText(text, queueLength ? `排队 ${queueLength} 人，最久 ${durationText(secondsSince(longestSince ?? now, now))}` : "没有人排队");
    },
  };
}

function itemOf({ me, openId, unread, typing }, summary) {
  const { id } = summary;
  const mine = isMine(me, summary);
  return { id, summary, open: id === openId, unread: mine && unread.has(id), typing: typing.get(id) ?? null, mine };
}

function createGroup({ key }, open) {
  const title = element("span");
  const count = element("span", { class: "count" });
  const heading = element("h2", { id: `group-${key}` }, key === "emergency" ? icon("alarm") : null, title, count);
  const empty = element("p", { class: "empty", text: EMPTY[key] });
  const list = element("ul", { "aria-labelledby": `group-${key}` });
  const rows = createKeyedList(list, { keyOf: ({ id }) => id, create: () => createRow(open) });
  const node = element("section", { class: "group", "data-group": key }, heading, list, empty);
  return {
    node,
    draw({ title: name, items }) {
      setText(title, name);
      setText(count, String(items.length));
      node.hidden = items.length === 0 && HIDDEN_WHEN_EMPTY.has(key);
      empty.hidden = items.length > 0;
      rows.show(items);
    },
    tickRows(now) {
      for (const { tick } of rows.rows.values()) tick(now);
    },
  };
}

function moveFocus(root, event) {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...root.querySelectorAll(".row")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}

/** One Tab stop for the whole list; arrow keys move inside it. */
function makeOnlyStop(root, target) {
  for (const row of root.querySelectorAll('.row[tabindex="0"]')) row.tabIndex = -1;
  if (target.matches(".row")) target.tabIndex = 0;
}

/** A row that moved to another group was made anew; its focus goes with it. */
function keepFocus(root, focusedId) {
  if (focusedId && document.activeElement?.dataset.id !== focusedId) root.querySelector(`.row[data-id="${CSS.escape(focusedId)}"]`)?.focus({ preventScroll: true });
  if (!root.querySelector('.row[tabindex="0"]')) root.querySelector(".row")?.setAttribute("tabindex", "0");
}
