// The window's title: what rings flashes, else how much is late or unread.

import { ringing } from "./alarms.js";
import { lateness, unreadOf } from "./urgent.js";

const NAME = "坐席工作台";

/** @param {boolean} flash alternates once a second */
export function titleOf(state, now, flash) {
  if (!state.me) return NAME;
  const rings = ringing(state);
  if (rings.length) return flash ? `【险情】${rings[0].summary.emergency.label}` : `■■ ${rings.length} 起险情 ■■`;
  const { overdue, warning } = lateness(state, now);
  const unread = unreadOf(state).length;
  const parts = [overdue ? `${overdue} 个超时` : "", warning ? `${warning} 个将超时` : "", unread ? `${unread} 个未读` : ""].filter(Boolean);
  return parts.length ? `(${parts.join("，")}) ${NAME}` : NAME;
}
