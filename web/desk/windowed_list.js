// A keyed list of which only the rows near the eye exist; the others are room of their height.

import { createKeyedList } from "./keyed_list.js";
import { WHOLE, around, windowOf } from "./list_window.js";

const USUAL_HEIGHT = 56; // pixels, until rows have been measured

/**
 * @param {HTMLElement} parent
 * @param {object} parts `keyOf` and `create` see createKeyedList; an entry's row shows `itemOf(entry)`
 * @param {() => void} parts.finish writes what changes with the clock into the rows; before it they are not as high
 * @param {HTMLElement} parts.scroller in which the list moves
 */
export function createWindowedList(parent, { scroller, keyOf, create, itemOf, finish }) {
  const list = createKeyedList(parent, { keyOf, create });
  let entries = [];
  let rowHeight = null; // pixels; measured once, because a list whose estimate changes jumps under the reader
  let shown = { start: 0, end: 0 };

  function sight() {
    if (entries.length <= WHOLE) return { start: 0, end: entries.length };
    const [box, own] = [scroller.getBoundingClientRect(), parent.getBoundingClientRect()];
    return windowOf({ count: entries.length, rowHeight: rowHeight ?? USUAL_HEIGHT, top: box.top - own.top, height: box.height });
  }

  function draw(next) {
    shown = next;
    list.show(entries.slice(next.start, next.end).map(itemOf));
    finish();
    const whole = next.start === 0 && next.end === entries.length;
    rowHeight ??= whole ? null : measured();
    parent.style.paddingTop = room(next.start);
    parent.style.paddingBottom = room(entries.length - next.end);
    place(whole);
  }

  function measured() {
    const [first, last] = [parent.firstElementChild, parent.lastElementChild];
    return first && (last.offsetTop + last.offsetHeight - first.offsetTop) / parent.children.length || null;
  }

  const room = (rows) => (rows ? `${rows * (rowHeight ?? USUAL_HEIGHT)}px` : "");

  /** Who hears the list is told how long it is, although most of it does not exist. */
  function place(whole) {
    for (let at = 0; at < parent.children.length; at += 1) {
      const row = parent.children[at];
      if (whole) {
        row.removeAttribute("aria-setsize");
        row.removeAttribute("aria-posinset");
      } else {
        row.setAttribute("aria-setsize", String(entries.length));
        row.setAttribute("aria-posinset", String(shown.start + at + 1));
      }
    }
  }

  return {
    rows: list.rows,

    show(next) {
      entries = next;
      draw(sight());
    },

    /** The scroller has moved. */
    look() {
      const next = sight();
      if (next.start !== shown.start || next.end !== shown.end) draw(next);
    },

    /** Make the row at this place exist, and bring it into sight. */
    reveal(index) {
      if (index < shown.start || index >= shown.end) draw(around(index, entries.length));
      parent.children[index - shown.start].scrollIntoView({ block: "nearest" });
    },
  };
}
