// The server's clock as seen from this page. Every live frame carries `now`; a frame is only ever late,
// so the largest difference seen lately is the nearest to the truth.

const KEEP_MS = 60_000;

/** @typedef {{offset: number, at: number}} Skew  milliseconds to add to the page's clock, and when that was measured */

/** @type {Skew | null} */
export const UNKNOWN_SKEW = null;

/**
 * @param {Skew | null} skew
 * @param {string | undefined} serverTime ISO 8601, from a frame
 * @param {number} clientNow the page's clock when the frame arrived
 * @returns {Skew | null}
 */
export function noteServerTime(skew, serverTime, clientNow) {
  const server = Date.parse(serverTime ?? "");
  if (Number.isNaN(server)) return skew;
  const offset = server - clientNow;
  const stale = skew === null || clientNow < skew.at || clientNow - skew.at > KEEP_MS;
  return stale || offset >= skew.offset ? { offset, at: clientNow } : skew;
}

/** The server's time, in milliseconds, while the page's clock shows `clientNow`. */
export function serverNow(skew, clientNow) {
  return clientNow + (skew?.offset ?? 0);
}
