// The conversation on the screen: keeps the list in step with the items, and the eye in the right place.

import { setText } from "../shared/dom.js";
import { createBubble } from "./bubble.js";

const NEAR_END = 48;
const MARGIN = 12;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.scroller the region that scrolls
 * @param {HTMLElement} parts.list
 * @param {HTMLElement} parts.typing
 * @param {HTMLButtonElement} parts.more "new messages below"
 * @param {() => void} parts.onRead the end of the conversation is on the screen
 */
export function createView({ scroller, list, typing, more, onRead, ...parts }) {
  const bubbles = new Map();
  let atEnd = true;
  /** A safety card that has just arrived: its beginning stays on the screen until the customer moves on. */
  let anchor = null;

  scroller.addEventListener("scroll", () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
    if (!atEnd) return;
    more.hidden = true;
    onRead();
  });
  for (const gesture of ["wheel", "touchmove", "keydown"]) {
    scroller.addEventListener(gesture, () => (anchor = null), { passive: true });
  }
  // The room for the conversation changes with the keyboard, the composer's lines and the notices above.
  new ResizeObserver(settle).observe(scroller);
  more.addEventListener("click", () => {
    toEnd();
    scroller.focus({ preventScroll: true });
  });

  function render(items) {
    const fresh = keepInStep(items);
    if (fresh.length === 0) return;
    const last = fresh[fresh.length - 1];
    if (last.look === "own") toEnd();
    else if (anchor || unansweredSafety(items, fresh)) showSafety(unansweredSafety(items, fresh));
    else if (atEnd) toEnd();
    else more.hidden = false;
  }

  function keepInStep(items) {
    const fresh = [];
    const wanted = new Set(items.map(({ key }) => key));
    for (const [key, { node }] of bubbles) {
      if (wanted.has(key)) continue;
      node.remove();
      bubbles.delete(key);
      if (key === anchor) anchor = null;
    }
    let place = list.firstElementChild;
    for (const item of items) {
      const known = bubbles.get(item.key);
      const bubble = known ?? createBubble(item, parts);
      if (known) known.update(item);
      else fresh.push(item);
      bubbles.set(item.key, bubble);
      if (bubble.node === place) place = place.nextElementSibling;
      else list.insertBefore(bubble.node, place);
    }
    return fresh;
  }

  function showSafety(key) {
    anchor = key ?? anchor;
    const top = bubbles.get(anchor).node.offsetTop - MARGIN;
    const end = scroller.scrollHeight - scroller.clientHeight;
    scroller.scrollTop = Math.min(top, end);
    more.hidden = top >= end;
    atEnd = top >= end;
  }

  function toEnd() {
    anchor = null;
    scroller.scrollTop = scroller.scrollHeight;
    atEnd = true;
    more.hidden = true;
    onRead();
  }

  function settle() {
    if (anchor) showSafety(anchor);
    else if (atEnd) toEnd();
  }

  function firstInSight() {
    const { top } = scroller.getBoundingClientRect();
    return [...list.children].find((node) => node.getBoundingClientRect().bottom > top);
  }

  return {
    render,
    atEnd: () => atEnd,
    /** Changes the type size, and keeps before the customer's eyes what he was reading. */
    keepPlace(change) {
      const held = atEnd ? null : firstInSight();
      const offset = held?.getBoundingClientRect().top;
      change();
      if (held) scroller.scrollTop += held.getBoundingClientRect().top - offset;
      else toEnd();
    },
    /** @param {string} words "" for nobody */
    showTyping(words) {
      typing.hidden = words === "";
      setText(typing.querySelector("span"), words);
      if (atEnd && words !== "") scroller.scrollTop = scroller.scrollHeight;
    },
  };
}

/** Key of a safety card that is new and that the customer has not written after. */
function unansweredSafety(items, fresh) {
  const sinceOwn = items.slice(items.map(({ look }) => look).lastIndexOf("own") + 1);
  return sinceOwn.find((item) => item.look === "safety" && fresh.includes(item))?.key;
}
