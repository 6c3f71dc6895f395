// Canned replies: when the list opens, what it finds, how a reply is completed. Pure.

const SHOWN = 8;
// A Chinese input method writes 、 for the slash key.
const CALL = /(^|\s)[/、]([^\s/、]{0,20})$/;
const BLANK = /\{[^{}\n]{1,20}\}/;

/**
 * What is looked for, when the words before the caret call the list: "/qnsd" → {query: "qnsd", start: 0}.
 * @returns {{query: string, start: number} | null} `start`: where the slash stands
 */
export function called(text, caret) {
  const found = CALL.exec(text.slice(0, caret));
  return found && { query: found[2].toLowerCase(), start: found.index + found[1].length };
}

/** By the title's initials, words of the title, words of the text; the best first, in the list's own order. */
export function find(replies, query) {
  return replies
    .map((reply, place) => ({ reply, place, rank: rankOf(reply, query) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, SHOWN)
    .map(({ reply }) => reply);
}

function rankOf({ title, text, initials }, query) {
  if (!query || initials.startsWith(query) || title.toLowerCase().startsWith(query)) return 0;
  if (initials.includes(query) || title.toLowerCase().includes(query)) return 1;
  return text.toLowerCase().includes(query) ? 2 : null;
}

/** With the variables filled in; what is not known stays a blank. */
export function completed(text, variables) {
  return text.replace(/\{([^{}\n]{1,20})\}/g, (blank, name) => variables[name] ?? blank);
}

/** The first thing left to fill in. @returns {[number, number] | null} */
export function firstBlank(text) {
  const found = BLANK.exec(text);
  return found && [found.index, found.index + found[0].length];
}

const NAMES = new Set(["称呼", "姓名", "联系人"]);

/** How to address the customer: as he named himself to the assistant, or politely. */
export function addressOf(handoff) {
  return handoff?.collected?.find(({ label }) => NAMES.has(label))?.value ?? "尊敬的用户";
}
