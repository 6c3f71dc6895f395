// A countdown: an icon, words and a colour; only what changed is touched.

import { element, icon, setText } from "../shared/dom.js";
import { countdown } from "./deadline.js";

const ICONS = { normal: "clock", warning: "warning", overdue: "overdue" };

export function createCountdown() {
  const text = element("span");
  const node = element("span", { class: "countdown", hidden: true }, icon("clock"), text);
  let level = null;

  return {
    node,

    /** @returns {string | null} the level shown */
    draw(summary, now) {
      const count = summary && countdown(summary, now);
      if (node.hidden !== !count) node.hidden = !count;
      if (count) setText(text, count.text);
      if (count && count.level !== level) {
        node.dataset.level = count.level;
        node.firstChild.replaceWith(icon(ICONS[count.level]));
      }
      level = count?.level ?? null;
      return level;
    },
  };
}
