// A message taken apart into sentences, with words marked in them. Pure.
//
// The text is edited freely, one sentence a line; marks are places in the whole text and move with what is typed.

/**
 * @typedef {{start: number, end: number, entity: string}} Mark
 * @typedef {{text: string, marks: Mark[]}} Divided
 */

/** The marks after the text was changed; one whose own words were touched is gone. */
export function edited({ text, marks }, next) {
  let head = 0;
  while (head < Math.min(text.length, next.length) && text[head] === next[head]) head++;
  let tail = 0;
  while (tail < Math.min(text.length, next.length) - head && text.at(-1 - tail) === next.at(-1 - tail)) tail++;
  const changedEnd = text.length - tail;
  const by = next.length - text.length;
  const kept = marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= changedEnd) return [{ ...mark, start: mark.start + by, end: mark.end + by }];
    return [];
  });
  return { text: next, marks: kept };
}

/** With the selected words marked; what it overlaps gives way. Spaces around them do not belong to it. */
export function marked({ text, marks }, start, end, entity) {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  const to = end - (words.length - words.trimEnd().length);
  if (to <= from || text.slice(from, to).includes("\n")) return { text, marks };
  const others = marks.filter((mark) => mark.end <= from || mark.start >= to);
  return { text, marks: [...others, { start: from, end: to, entity }].sort((one, other) => one.start - other.start) };
}

export function unmarked({ text, marks }, start) {
  return { text, marks: marks.filter((mark) => mark.start !== start) };
}

const OUTER = /^[\s，,。；;、]+|[\s，,。；;、]+$/g; // what is left of where a message was divided

/** One sentence a line, without outer spaces and commas; empty lines are left out. Marks count from its beginning. */
export function sentences({ text, marks }) {
  let at = 0;
  return text.split("\n").flatMap((line) => {
    const sentence = line.replace(OUTER, "");
    const start = at + line.indexOf(sentence);
    const end = start + sentence.length;
    at += line.length + 1;
    const its = marks.filter((mark) => mark.start >= start && mark.end <= end);
    return sentence ? [{ text: sentence, entities: its.map((mark) => ({ start: mark.start - start, end: mark.end - start, entity: mark.entity })) }] : [];
  });
}

/** Sentences that the customer did not write so: something was changed, not only divided. */
export function changed(message, { text }) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !message.includes(line));
}
