// A box to type part of an intent's name into, with a list to choose from (the combobox pattern of WAI-ARIA).

import { element } from "../shared/dom.js";
import { matching } from "./review_state.js";

/**
 * @param {object} parts
 * @param {string} parts.id makes the ids of its parts; several pickers may be on a page
 * @param {string} parts.title
 * @param {string} [parts.keep] what is chosen already: the choice then stays in the box
 * @param {(intent: {name: string, label: string}) => void} parts.choose
 * @param {() => void} parts.leave
 */
export function createIntentPicker({ id, title, keep, choose, leave }) {
  const list = element("ul", { id: `${id}-list`, class: "picker-list", role: "listbox", "aria-label": "意图", hidden: true });
  const input = element("input", { id: `${id}-input`, role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list", autocomplete: "off", maxlength: "40", placeholder: "输入名称，例如：缴费" });
  const node = element("label", { class: "field picker" }, element("span", { text: title }), input, list);
  let intents = [];
  let found = [];
  let active = 0;
  let kept = keep ?? "";
  input.value = kept;

  input.addEventListener("input", begin);
  input.addEventListener("focus", () => (input.select(), begin()));
  input.addEventListener("blur", () => (keep === undefined || (input.value = kept), close()));
  input.addEventListener("keydown", (event) => !event.isComposing && react(event));

  function react(event) {
    const acts = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: take, Escape: () => (clear(), leave()) };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }

  function step(by) {
    active = Math.min(Math.max(0, active + by), found.length - 1);
    draw();
  }

  function take() {
    const intent = found[active];
    if (!intent || list.hidden) return;
    if (keep !== undefined) kept = intent.label;
    clear();
    choose(intent);
  }

  /** What is chosen already stands in hand: Enter leaves it as it is. */
  function begin() {
    active = input.value === kept ? Math.max(0, shown().findIndex((intent) => intent.label === kept)) : 0;
    draw();
  }

  function shown() {
    return matching(intents, input.value === kept ? "" : input.value);
  }

  function draw() {
    found = shown();
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.setAttribute("aria-activedescendant", found.length ? `${id}-${active}` : "");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }

  function option(intent, place) {
    // The press, not the click: by then the box has lost the focus and the list is gone.
    const press = (event) => {
      event.preventDefault();
      active = place;
      take();
    };
    return element("li", { id: `${id}-${place}`, role: "option", "aria-selected": String(place === active), text: intent.label, onmousedown: press });
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function clear() {
    input.value = kept;
    active = 0;
    close();
  }

  return {
    node,
    focus: () => input.focus(),
    use: (all) => (intents = all),
  };
}
