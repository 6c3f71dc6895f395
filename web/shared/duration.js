// Lengths of time in words, to the second.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (number) => String(number).padStart(2, "0");

/** @param {number} seconds whole, not negative */
export function durationText(seconds) {
  if (seconds < MINUTE) return `${seconds} 秒`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} 分 ${two(seconds % MINUTE)} 秒`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} 小时 ${two(Math.floor((seconds % HOUR) / MINUTE))} 分`;
  return `${Math.floor(seconds / DAY)} 天 ${Math.floor((seconds % DAY) / HOUR)} 小时`;
}

/** Whole seconds since `from`, never negative. Both in milliseconds. */
export function secondsSince(from, now) {
  return Math.max(0, Math.floor((now - from) / 1000));
}

/** Whole seconds until `due`: 1 until the very end of the last second. Both in milliseconds. */
export function secondsUntil(due, now) {
  return Math.max(0, Math.ceil((due - now) / 1000));
}
