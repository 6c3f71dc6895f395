// Responses, articles and intents as lists: found by their words, told in one line. Pure.

/** Those that hold all the words, wherever. */
export function found(all, words) {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const text = JSON.stringify(Object.values(one)).toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** @returns {{title: string, more: string}} */
export function titleOf(one) {
  if (one.question) return { title: one.question, more: [one.category, validity(one)].filter(Boolean).join(" · ") };
  if (one.label) return { title: one.label, more: one.name };
  return { title: one.texts[0].replaceAll("\n", " "), more: one.name };
}

function validity({ valid_from: from, valid_to: to }) {
  if (!from && !to) return "";
  return `${from ?? ""} 至 ${to ?? ""}`.trim();
}

/** One a line, without empty ones and outer spaces. */
export const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** Words divided by commas or spaces of any kind. */
export const wordsOf = (text) => text.split(/[\s,，、;；]+/).filter(Boolean);
