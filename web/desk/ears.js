// What is heard: alarm, warnings, the screen reader's announcements. Driven by frames, not by drawing, so a hidden page sounds too.

import { setText } from "../shared/dom.js";
import { alarmWords } from "./alarm_view.js";
import { ringing } from "./alarms.js";

/** @param {{sounds: object, politely: Element, now: Element}} parts the two live regions */
export function createEars({ sounds, politely, now }) {
  return {
    /** @param {object} after the state @param {object[]} news see happenings.js */
    hear(after, news) {
      sounds.setAlarm(after.me !== null && ringing(after).length > 0);
      setText(now, after.me ? alarmWords(after) : "");
      for (const happening of news) tell(after, happening);
    },
  };

  function tell(state, { what, summary, text }) {
    const { customer, id } = summary;
    if (what === "warned") {
      sounds.play("warning");
      setText(politely, `${customer}的消息即将超时，请尽快回复。`);
    } else if (what === "assigned") {
      sounds.play("assigned");
      setText(politely, `新会话：${customer}`);
    } else setText(politely, state.openId === id ? `${customer}：${text}` : `${customer}有新消息`);
  }
}
