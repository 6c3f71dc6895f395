// The strip that is always there: report a smell of gas, call the hotline, and what to do if the report is stuck.

import { setText } from "../shared/dom.js";
import { telephoneAddress } from "../shared/links.js";
import { unsentLeakWords } from "./words.js";

const PATIENCE = 2000;
const DOUBLE_TAP = 1500;

/**
 * @param {object} parts
 * @param {() => string} parts.onReport sends the report, answers its message id
 * @param {() => boolean} parts.online
 */
export function createEmergency({ button, call, number, note, clock, onReport, online }) {
  let hotline = null;
  let reported = null;
  let lastTap = -Infinity;

  button.addEventListener("click", (event) => {
    if (event.timeStamp - lastTap < DOUBLE_TAP) return;
    lastTap = event.timeStamp;
    if (reported === null) watch(onReport());
    else showNote();
  });

  /** A report that is on its way. */
  function watch(id) {
    reported = id;
    if (!online()) return showNote();
    clock.after(PATIENCE, () => reported === id && showNote());
  }

  function showNote() {
    note.hidden = false;
    setText(note, unsentLeakWords(hotline));
  }

  return {
    watch,
    settled(id) {
      if (id !== reported) return;
      reported = null;
      note.hidden = true;
    },
    failed: (id) => id === reported && showNote(),
    /** @param {string | null} value */
    setHotline(value) {
      const href = telephoneAddress(value);
      hotline = href ? value : null;
      call.hidden = !href;
      if (!href) return;
      call.href = href;
      call.setAttribute("aria-label", `拨打热线 ${value}，请先到室外`);
      setText(number, value);
      if (!note.hidden) showNote();
    },
  };
}
