// Which rows of a long list exist: those in sight and some around them. Pure.

/** A list that is no longer than this is made whole. */
export const WHOLE = 80;
/** Rows made above and below what is in sight. */
export const MARGIN = 30;
const STEP = 10; // the window moves by so many rows at once, so that not every pixel of scrolling redraws it

/**
 * @param {{count: number, rowHeight: number, top: number, height: number}} sight `top`: how far the list has been
 *   scrolled past its beginning; negative while it begins below. All in pixels but `count`.
 * @returns {{start: number, end: number}} rows from `start` up to, but without, `end`
 */
export function windowOf({ count, rowHeight, top, height }) {
  if (count <= WHOLE) return { start: 0, end: count };
  const inSight = Math.ceil(height / rowHeight) + 1;
  const first = Math.floor((Math.floor(top / rowHeight) - MARGIN) / STEP) * STEP;
  return { start: within(first, count), end: within(first + inSight + 2 * MARGIN + STEP, count) };
}

/** The window in whose middle this row is. */
export function around(index, count) {
  return { start: within(index - MARGIN, count), end: within(index + MARGIN, count) };
}

const within = (index, count) => Math.min(count, Math.max(0, index));
