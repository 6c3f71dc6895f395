// The keyboard: by key position, so that a layout or input method does not get in the way.

const WITH_ALT = {
  KeyN: "nextUrgent",
  KeyT: "take",
  KeyQ: "focusQueue",
  KeyK: "searchKnowledge",
  KeyG: "search",
  KeyU: "adoptSuggestion",
  KeyA: "apologise",
  KeyO: "orders",
  KeyR: "reply",
  KeyS: "hold",
  KeyB: "note",
  KeyP: "attach",
  KeyM: "flag",
  KeyZ: "transfer",
  KeyJ: "close",
  ArrowUp: "previous",
  ArrowDown: "next",
};

const BARE = { "?": "help", "？": "help", "/": "canned", "、": "canned" }; // not in the middle of a sentence

/** @returns {string | null} the name of the action */
export function actionOf({ altKey, ctrlKey, metaKey, code, key, isComposing }, { writing, dialogOpen }) {
  if (isComposing || ctrlKey || metaKey) return null;
  if (altKey) return dialogOpen ? null : (WITH_ALT[code] ?? null);
  return writing || dialogOpen ? null : (BARE[key] ?? null);
}

/** @param {{target: EventTarget, actions: Record<string, () => void>}} parts */
export function listenToKeys({ target, actions }) {
  target.addEventListener("keydown", (event) => {
    const writing = event.target.matches?.("input:not([type=radio]), textarea, select");
    const dialogOpen = document.querySelector("dialog[open]") !== null;
    const action = actionOf(event, { writing, dialogOpen });
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
}
