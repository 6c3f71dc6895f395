// 上线 / 置忙 / 离开 / 下线, always in sight.

import { byId, element, setText } from "../shared/dom.js";
import { durationText, secondsSince, secondsUntil } from "../shared/duration.js";

const CHOICES = [
  ["online", "上线"],
  ["busy", "置忙"],
  ["away", "离开"],
  ["offline", "下线"],
];
const WITH_REASON = new Set(["busy", "away"]);

/** @param {{setPresence: (state: string, reason?: string) => void}} actions */
export function createPresenceView({ setPresence }) {
  const [set, reason, clock] = [byId("presence"), byId("presence-reason"), byId("presence-clock")];
  const usual = byId("presence-reasons");
  let [offered, told] = [[], ""];
  let backBy = NaN; // by then whoever is away has to be back (S0 工作纪律 6)
  const inputs = new Map();
  for (const [state, label] of CHOICES) {
    const input = element("input", { type: "radio", name: "presence", value: state, onchange: () => setPresence(state) });
    inputs.set(state, input);
    set.append(element("label", { "data-state": state }, input, element("span", { class: "dot", "aria-hidden": "true" }), element("span", { text: label })));
  }
  reason.addEventListener("change", tell);
  reason.addEventListener("input", () => offered.includes(reason.value) && tell()); // chosen, not written
  reason.addEventListener("focus", () => reason.select()); // what is written narrows the choice

  function tell() {
    const words = reason.value.trim();
    if (words !== told) setPresence(current(), (told = words));
  }

  function offer(reasons) {
    if (reasons === offered) return;
    offered = reasons;
    usual.replaceChildren(...reasons.map((value) => element("option", { value })));
  }

  const current = () => [...inputs].find(([, input]) => input.checked)?.[0];

  return {
    render({ me, presenceReasons, presenceWish }) {
      offer(presenceReasons);
      const input = inputs.get(presenceWish ?? me.presence);
      if (input && !input.checked) input.checked = true;
      set.dataset.state = me.presence;
      reason.hidden = !WITH_REASON.has(me.presence);
      if (document.activeElement !== reason) reason.value = told = me.reason ?? "";
      backBy = Date.parse(me.back_by ?? "");
    },

    tick(now) {
      clock.hidden = Number.isNaN(backBy);
      if (clock.hidden) return;
      const late = now >= backBy;
      clock.classList.toggle("late", late);
      setText(clock, late ? `超时 ${durationText(secondsSince(backBy, now))}` : `${durationText(secondsUntil(backBy, now))}内返回`);
    },
  };
}

export function createWhoView() {
  const who = byId("who");
  return {
    render: ({ me }, roles) => setText(who, `${me.staff_id} ${me.name} · ${roles[me.role] ?? me.role}`),
  };
}
