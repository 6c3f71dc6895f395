// The lead's live board: one line that is always in sight.

import { byId, element, setText } from "../shared/dom.js";
import { boardOf } from "./board.js";
import { ratesOf } from "./board_rates.js";
import { durationText, secondsSince } from "../shared/duration.js";
import { createKeyedList } from "./keyed_list.js";
import { isLead } from "./visibility.js";
import { PRESENCES, personText } from "./words.js";

export function createBoardView() {
  const root = byId("board");
  const figures = ["排队", "最久等待", "在线", "今日超时"].map(figure);
  const [queue, longest, online, breaches] = figures;
  const people = element("ul", { class: "people", "aria-label": "坐席与班长" });
  const list = createKeyedList(people, { keyOf: ({ staff_id }) => staff_id, create: personRow });
  const rates = new Map(ratesOf(null).map(({ key, label }) => [key, figure(label)]));
  root.append(...[...figures, ...rates.values()].map(({ node }) => node), people);
  let board = null;
  let drawnFrom = {};

  function figure(label) {
    const [name, value] = [element("span", { text: label }), element("b")];
    return { node: element("span", { class: "figure" }, name, value), name, value };
  }

  return {
    render(state) {
      root.hidden = !isLead(state.me);
      const { conversations, staff, breaches: broken, board: counted } = state;
      if (root.hidden || (drawnFrom.counted === counted && drawnFrom.conversations === conversations && drawnFrom.staff === staff && drawnFrom.broken === broken)) return;
      drawnFrom = { conversations, staff, broken, counted };
      board = boardOf(state);
      for (const rate of ratesOf(counted)) drawRate(rates.get(rate.key), rate);
      setText(queue.value, String(board.queueLength));
      setText(online.value, `${board.online}/${board.people.length}`);
      setText(breaches.value, String(board.breaches));
      breaches.node.classList.toggle("bad", board.breaches > 0);
      list.show(board.people.map(({ staff_id, name, presence, load, capacity, reason, since, back_by, groups }) => ({ staff_id, name, presence, load, capacity, reason, since, back_by, groups: (groups ?? []).join("、") })));
    },

    tick(now) {
      if (!board || root.hidden) return;
      for (const row of list.rows.values()) row.tick(now);
      setText(longest.value, board.longestSince === null ? "—" : durationText(secondsSince(board.longestSince, now)));
    },
  };
}

function drawRate({ node, name, value }, { label, text, bad, title }) {
  setText(name, label);
  setText(value, text);
  node.title = title;
  node.classList.toggle("bad", bad);
}

function personRow() {
  const dot = element("span", { class: "dot", "aria-hidden": "true" });
  const [text, away] = [element("span"), element("span", { class: "away" })];
  const node = element("li", { class: "person" }, dot, text, away);
  let times = { since: NaN, backBy: NaN };
  return {
    node,
    draw({ staff_id, name, presence, load, capacity, reason, since, back_by, groups }) {
      times = { since: Date.parse(since ?? ""), backBy: Date.parse(back_by ?? "") };
      node.dataset.state = presence;
      setText(text, `${staff_id} ${PRESENCES[presence] ?? presence}${reason ? `（${reason}）` : ""} ${load}/${capacity}`);
      node.title = `${personText({ staff_id, name })}：${PRESENCES[presence] ?? presence}${reason ? `（${reason}）` : ""}，接待 ${load}，上限 ${capacity}${groups ? `，技能组 ${groups}` : ""}`;
    },

    /** How long somebody has been away, and that it is too long. */
    tick(now) {
      const isAway = !Number.isNaN(times.backBy);
      const late = isAway && now >= times.backBy;
      node.classList.toggle("late", late);
      setText(away, isAway ? ` ${durationText(secondsSince(times.since, now))}${late ? "（超时）" : ""}` : "");
    },
  };
}
