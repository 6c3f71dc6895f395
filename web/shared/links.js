// Finds what can be tapped in a text: web addresses and telephone numbers. Pure; the view makes the elements.

const ADDRESS = "https?://[^\\s<>\"'，。；、！？：（）【】《》“”]+";
const SERVICE_NUMBER = "400-?\\d{3,4}-?\\d{3,4}|0\\d{2,3}-\\d{7,8}";
const EMERGENCY_NUMBER = "1(?:10|19|20)";

/**
 * @param {string} text
 * @param {{numbers?: string[], emergency?: boolean}} also telephone numbers known to be ours; 110, 119, 120
 * @returns {{text: string, href: string | null}[]}
 */
export function linkParts(text, { numbers = [], emergency = false } = {}) {
  const telephone = [...numbers.map(escape), SERVICE_NUMBER, ...(emergency ? [EMERGENCY_NUMBER] : [])].join("|");
  const pattern = new RegExp(`(${ADDRESS})|(?:${telephone})`, "g");
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (insideNumber(text, match)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: match[0], href: match[1] ? webAddress(match[0]) : telephoneAddress(match[0]) });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** `tel:` address, or null when it is no telephone number. */
export function telephoneAddress(number) {
  return /^\+?[0-9][0-9 ()-]*$/.test(number ?? "") ? `tel:${number.replace(/[ ()-]/g, "")}` : null;
}

function webAddress(text) {
  try {
    return new URL(text).href;
  } catch {
    return null;
  }
}

/** Part of a longer number (an account, an order) is no telephone number. */
function insideNumber(text, match) {
  if (match[1]) return false;
  const before = text[match.index - 1] ?? "";
  const after = text[match.index + match[0].length] ?? "";
  return /[\d-]/.test(before) || /\d/.test(after);
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
