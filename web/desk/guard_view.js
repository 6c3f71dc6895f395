// Under the reply box: what must not be sent as it is, a better wording, and what can be confirmed.

import { element } from "../shared/dom.js";
import { stopping, toConfirm } from "./guard.js";
import { isLead } from "./visibility.js";

/**
 * @param {object} actions
 * @param {(finding: object) => void} actions.mend puts the better wording in its place
 * @param {() => void} actions.confirm sends it with the personal data
 * @param {() => void} actions.override a lead sends it all the same
 */
export function createGuardView({ mend, confirm, override }) {
  const node = element("div", { class: "guard", role: "status", hidden: true });

  return {
    node,

    draw(known, me) {
      const stopped = stopping(known);
      const doubts = toConfirm(known);
      node.hidden = known.findings.length === 0;
      node.classList.toggle("is-stop", stopped.length > 0);
      node.classList.toggle("is-loud", known.asked);
      node.replaceChildren(...known.findings.map((finding) => row(finding, mend)), ...buttons(known.asked, stopped, doubts, me));
    },
  };

  function buttons(asked, stopped, doubts, me) {
    if (!asked) return [];
    const phrasesOnly = stopped.every(({ concern }) => concern === "forbidden_phrase");
    if (stopped.length && phrasesOnly && isLead(me)) return [button("仍要发送（班长，记入经过）", override, "danger")];
    if (!stopped.length && doubts.length) return [button("确认发送（Ctrl+Enter）", confirm, "primary")];
    return [];
  }
}

function button(text, onclick, look) {
  return element("button", { class: `button ${look}`, type: "button", text, onclick });
}

function row(finding, mend) {
  const { concern, found, why, better } = finding;
  const replace = better ? element("button", { class: "link", type: "button", text: `改为：${better}`, onclick: () => mend(finding) }) : null;
  return element("p", { "data-concern": concern }, element("b", { text: `“${found}”` }), element("span", { text: why }), replace);
}
