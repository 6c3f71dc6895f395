// The alarm over everything: a banner on every page until one accepts, and the flashing title.

import { byId, element, icon, setText } from "../shared/dom.js";
import { alarmText, canSilence, ringing } from "./alarms.js";
import { durationText, secondsSince } from "../shared/duration.js";
import { createKeyedList } from "./keyed_list.js";

const SHOWN = 3;

/** @param {{accept: (id) => void, open: (id) => void, silence: (id) => void}} actions */
export function createAlarmView(actions) {
  const root = byId("alarms");
  const list = element("ul");
  const more = element("p", { class: "alarm-more" });
  const rows = createKeyedList(list, { keyOf: ({ summary }) => summary.id, create: () => createRow(actions) });
  root.append(list, more);

  return {
    render(state, now) {
      const rings = state.me ? ringing(state) : [];
      root.hidden = rings.length === 0;
      rows.show(rings.slice(0, SHOWN).map((ring) => ({ ...ring, me: state.me })));
      setText(more, rings.length > SHOWN ? `还有 ${rings.length - SHOWN} 起险情，见左侧“紧急”。` : "");
      this.tick(now);
    },

    tick(now) {
      for (const row of rows.rows.values()) row.tick(now);
    },
  };
}

function createRow({ accept, open, silence }) {
  let item = null;
  const id = () => item.summary.id;
  const [title, text, since] = ["alarm-title", "alarm-text", "alarm-since"].map((name) => element("span", { class: name }));
  const button = (label, look, act) => element("button", { class: `button ${look}`, type: "button", text: label, onclick: () => act(id()) });
  const [acceptButton, openButton, silenceButton] = [button("接警并接入", "on-alarm-strong", accept), button("打开会话", "on-alarm", open), button("知道了", "on-alarm", silence)];
  const node = element("li", { class: "alarm" }, icon("alarm"), element("p", { class: "alarm-words" }, title, text, since), acceptButton, openButton, silenceButton);
  return {
    node,
    draw(next) {
      item = next;
      const { emergency } = next.summary;
      const words = alarmText(next);
      setText(title, words.title);
      setText(text, words.text);
      node.dataset.reason = next.reason;
      acceptButton.hidden = emergency.accepted_by !== null;
      openButton.hidden = emergency.accepted_by === null;
      silenceButton.hidden = !canSilence(next.me, next.summary);
    },
    tick(now) {
      setText(since, `${durationText(secondsSince(Date.parse(item.summary.emergency.raised_at), now))}前报警`);
    },
  };
}

/** What the assertive live region says; changes only when there is something new to say. */
export function alarmWords(state) {
  return ringing(state)
    .map(alarmText)
    .map(({ title, text }) => `${title}，${text}`)
    .join("。");
}
