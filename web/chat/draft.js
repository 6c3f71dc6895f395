// The rules of what may be sent. Pure.

import { MAX_CHARACTERS, characters } from "../shared/protocol.js";
import { EMPTY_WORDS, limitWords } from "./words.js";

/**
 * @param {string} raw as typed
 * @returns {{text: string, sendable: boolean, tooLong: boolean, limit: string, refusal: string}}
 *   `limit` is shown while typing, `refusal` when sending is tried
 */
export function checkDraft(raw) {
  const text = raw.trim();
  const left = MAX_CHARACTERS - characters(text);
  const limit = limitWords(left, MAX_CHARACTERS);
  const tooLong = left < 0;
  const refusal = text === "" ? EMPTY_WORDS : tooLong ? limit : "";
  return { text, sendable: refusal === "", tooLong, limit, refusal };
}

/** Enter sends; not with Shift, and not while an input method composes (Safari reports that as key code 229 only). */
export function sendsOn({ key, shiftKey, isComposing, keyCode }) {
  return key === "Enter" && !shiftKey && !isComposing && keyCode !== 229;
}
