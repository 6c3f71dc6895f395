// 上线 / 置忙 / 离开 / 下线, always in sight.

import { byId, element, setText } from "../shared/dom.js";

const CHOICES = [
  ["online", "上线"],
  ["busy", "置忙"],
  ["away", "离开"],
  ["offline", "下线"],
];
const WITH_REASON = new Set(["busy", "away"]);

/** @param {{setPresence: (state: string, reason?: string) => void}} actions */
export function createPresenceView({ setPresence }) {
  const [set, reason] = [byId("presence"), byId("presence-reason")];
  const inputs = new Map();
  for (const [state, label] of CHOICES) {
    const input = element("input", { type: "radio", name: "presence", value: state, onchange: () => setPresence(state) });
    inputs.set(state, input);
    set.append(element("label", { "data-state": state }, input, element("span", { class: "dot", "aria-hidden": "true" }), element("span", { text: label })));
  }
  reason.addEventListener("change", () => setPresence(current(), reason.value.trim()));

  const current = () => [...inputs].find(([, input]) => input.checked)?.[0];

  return {
    render({ me }) {
      const input = inputs.get(me.presence);
      if (input && !input.checked) input.checked = true;
      set.dataset.state = me.presence;
      reason.hidden = !WITH_REASON.has(me.presence);
      if (document.activeElement !== reason) reason.value = me.reason ?? "";
    },
  };
}

export function createWhoView() {
  const who = byId("who");
  return {
    render: ({ me }, roles) => setText(who, `${me.staff_id} ${me.name} · ${roles[me.role] ?? me.role}`),
  };
}
