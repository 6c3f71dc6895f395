// Times as customers and staff read them, in the reader's own time zone.

const WEEKDAYS = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];

/** "09:05", or "" for no or a broken time. */
export function clockWords(at) {
  const date = parse(at);
  return date ? `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}` : "";
}

/** "今天", "昨天", "1月5日 星期一", with the year when it is another one. */
export function dayWords(at, now) {
  const date = parse(at);
  if (!date) return "";
  const days = daysBetween(date, now);
  if (days === 0) return "今天";
  if (days === 1) return "昨天";
  const year = date.getFullYear() === now.getFullYear() ? "" : `${date.getFullYear()}年`;
  return `${year}${date.getMonth() + 1}月${date.getDate()}日 ${WEEKDAYS[date.getDay()]}`;
}

/** "今天 09:05", "1月5日 星期一 09:05"; "" without a time. */
export function momentWords(at, now) {
  return parse(at) ? `${dayWords(at, now)} ${clockWords(at)}` : "";
}

/** One key per calendar day, or "" without a time. */
export function dayKey(at) {
  const date = parse(at);
  return date ? [date.getFullYear(), date.getMonth() + 1, date.getDate()].join("-") : "";
}

function daysBetween(date, now) {
  const midnight = (each) => Date.UTC(each.getFullYear(), each.getMonth(), each.getDate());
  return Math.round((midnight(now) - midnight(date)) / 86400000);
}

function parse(at) {
  const date = new Date(at ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

const twoDigits = (number) => String(number).padStart(2, "0");
