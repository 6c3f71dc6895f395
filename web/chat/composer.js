// The field where the customer writes: grows, counts, keeps the draft, hands over what may be sent.

import { setText } from "../shared/dom.js";
import { checkDraft, sendsOn } from "./draft.js";

const DRAFT = "draft";
const TYPING_EVERY = 3000;
const TYPING_ENDS = 5000;

/**
 * @param {object} parts
 * @param {(text: string) => void} parts.onSend
 * @param {(on: boolean) => void} parts.onTyping
 */
export function createComposer({ form, field, hint, storage, clock, onSend, onTyping }) {
  let typing = false;
  let cancelPause = () => {};
  let cancelEnd = () => {};
  let quiet = true;

  field.value = storage.get(DRAFT) ?? "";
  showLimit();
  grow();

  field.addEventListener("input", () => {
    keepDraft();
    showLimit();
    grow();
    if (field.value.trim() === "") stopTyping();
    else startTyping();
  });
  field.addEventListener("keydown", (event) => {
    if (!sendsOn(event)) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  // Pressing the button must not take the focus, or the phone's keyboard closes after every message.
  form.addEventListener("mousedown", (event) => {
    if (event.target !== field) event.preventDefault();
  });

  function submit() {
    const draft = checkDraft(field.value);
    if (!draft.sendable) {
      showHint(draft.refusal, true);
      field.focus();
      return;
    }
    field.value = "";
    keepDraft();
    showLimit();
    grow();
    stopTyping();
    onSend(draft.text);
  }

  function keepDraft() {
    if (field.value === "") storage.remove(DRAFT);
    else storage.set(DRAFT, field.value);
  }

  function showLimit() {
    const { limit, tooLong } = checkDraft(field.value);
    showHint(limit, tooLong);
  }

  function showHint(words, isError) {
    setText(hint, words);
    hint.hidden = words === "";
    hint.classList.toggle("is-error", isError);
    field.setAttribute("aria-invalid", String(isError));
  }

  function grow() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }

  function startTyping() {
    cancelEnd();
    cancelEnd = clock.after(TYPING_ENDS, stopTyping);
    if (!quiet) return;
    quiet = false;
    typing = true;
    cancelPause = clock.after(TYPING_EVERY, () => (quiet = true));
    onTyping(true);
  }

  function stopTyping() {
    cancelEnd();
    cancelPause();
    quiet = true;
    if (typing) onTyping(false);
    typing = false;
  }

  return {
    grow,
    focus: () => field.focus(),
    /** Something the server could not use. */
    showError: (words) => showHint(words, true),
    /** It is told elsewhere already: beside the message that was refused. */
    hideError: (words) => words !== "" && hint.textContent === words && showLimit(),
  };
}
