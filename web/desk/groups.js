// The list on the left: which group a conversation stands in (exactly one) and in which order.
// The order depends on times in the data only, never on the clock, so rows move when something happens and not by themselves.

import { nextDeadline, timesOf, waitingFrom } from "./deadline.js";
import { isLead, isMine, isPressing } from "./visibility.js";

const LAST = Number.MAX_SAFE_INTEGER;

const GROUPS = [
  { key: "emergency", title: "紧急", holds: (_me, summary) => isPressing(summary), order: byEmergency },
  { key: "offline", title: "离线留言", holds: (_me, summary) => summary.offline && summary.owner !== "agent", order: byOpening },
  { key: "mine", title: "我的会话", holds: isMine, order: byDeadline },
  { key: "queue", title: "排队中", holds: (_me, summary) => summary.owner === "queue", order: byPosition },
  { key: "all", title: "全部进行中", holds: isLead, order: byDeadline },
];

const known = new WeakMap(); // by conversations: asked for several times of each state

/** @returns {{key: string, title: string, rows: object[]}[]} every group the person has, empty ones too; not to be changed */
export function groupsOf({ me, conversations }) {
  const last = known.get(conversations);
  if (last?.me === me) return last.groups;
  const groups = divide(me, conversations);
  known.set(conversations, { me, groups });
  return groups;
}

function divide(me, conversations) {
  const groups = GROUPS.filter(({ key }) => key !== "all" || isLead(me)).map((group) => ({ ...group, rows: [] }));
  for (const summary of conversations.values()) {
    if (summary.owner === "closed") continue;
    groups.find(({ holds }) => holds(me, summary))?.rows.push(summary);
  }
  return groups.map(({ key, title, rows, order }) => ({ key, title, rows: rows.sort(order) }));
}

function byEmergency(a, b) {
  return Number(a.emergency.accepted_by !== null) - Number(b.emergency.accepted_by !== null) || raised(a) - raised(b);
}

function byOpening(a, b) {
  return (timesOf(a).opened ?? LAST) - (timesOf(b).opened ?? LAST);
}

function byPosition(a, b) {
  return (a.position ?? LAST) - (b.position ?? LAST) || (waitingFrom(a) ?? LAST) - (waitingFrom(b) ?? LAST);
}

/** What is due first; then who waits longest; the quiet ones by their latest message. */
function byDeadline(a, b) {
  const [one, other] = [placeOf(a), placeOf(b)];
  return one.due - other.due || one.waiting - other.waiting || other.said - one.said;
}

const places = new WeakMap();

/** Worked out once for each Summary: sorting two thousand asks twenty thousand times. */
function placeOf(summary) {
  let place = places.get(summary);
  if (!place) places.set(summary, (place = { due: nextDeadline(summary)?.due ?? LAST, waiting: waitingFrom(summary) ?? LAST, said: lastWord(summary) }));
  return place;
}

const raised = (summary) => Date.parse(summary.emergency.raised_at);
const lastWord = ({ last_message, opened_at }) => Date.parse(last_message?.at ?? opened_at ?? 0) || 0;
