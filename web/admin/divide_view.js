// One message, several sentences: Enter divides, selected words are marked. All with the keyboard or the mouse.

import { element, setText } from "../shared/dom.js";
import { changed, edited, marked, sentences, unmarked } from "./divide.js";
import { createIntentPicker } from "./intent_picker.js";

const HOW = "在要分开的地方按回车，一行一句；不需要的字可以删掉，但不要改字。要标记词语：用鼠标拖选（或按住 Shift 用方向键选），再点下面的种类（或按 Alt+数字）。";

/**
 * @param {object} parts
 * @param {{text: string, guesses: {intent: string, label: string}[]}} parts.item
 * @param {{name: string, label: string}[]} parts.intents
 * @param {{name: string, label: string}[]} parts.entities
 * @param {(examples: object[]) => void} parts.save
 * @param {() => void} parts.leave
 */
export function createDivideView({ item, intents, entities, save, leave }) {
  let divided = { text: item.text, marks: [] };
  /** By place of the sentence the intent that was chosen; the first one begins with the model's guess. */
  const chosen = item.guesses.length ? [{ name: item.guesses[0].intent, label: item.guesses[0].label }] : [];

  const box = element("textarea", { rows: "4", class: "divide-text", "aria-describedby": "divide-how", oninput: () => set(edited(divided, box.value), { kept: true }), onkeydown: onKey });
  box.value = item.text;
  const kinds = element("div", { class: "divide-kinds", role: "group", "aria-label": "把选中的词语标记为" }, ...entities.map(kindButton));
  const marks = element("ul", { class: "divide-marks", "aria-label": "已标记的词语" });
  const lines = element("ol", { class: "divide-lines", "aria-label": "拆出的句子" });
  const wrong = element("p", { class: "error-box", role: "alert", hidden: true });
  const yes = element("button", { class: "button primary", type: "button", onclick: take });
  const no = element("button", { class: "button", type: "button", text: "返回（Esc）", onclick: leave });
  const field = element("label", { class: "field" }, element("span", { text: "用户的原话" }), box);
  const node = element("div", { class: "divide" }, field, element("p", { id: "divide-how", class: "review-keys", text: HOW }), kinds, marks, lines, wrong, element("div", { class: "review-acts" }, yes, no));
  let drawn = -1;
  draw();

  function kindButton({ name, label }, place) {
    // The press must not take the selection out of the box.
    return element("button", { class: "button", type: "button", "data-entity": name, onmousedown: (event) => event.preventDefault(), onclick: () => mark(place) }, element("kbd", { text: `Alt+${place + 1}` }), label);
  }

  function onKey(event) {
    if (event.isComposing) return;
    const number = event.altKey && /^Digit[1-9]$/.test(event.code) ? Number(event.code.at(-1)) : 0;
    const acts = { Escape: leave, Enter: event.ctrlKey ? take : null };
    const act = number && entities[number - 1] ? () => mark(number - 1) : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function mark(place) {
    set(marked(divided, box.selectionStart, box.selectionEnd, entities[place].name));
    box.focus();
  }

  function set(next, { kept = false } = {}) {
    divided = next;
    if (!kept && box.value !== next.text) box.value = next.text;
    draw();
  }

  function draw() {
    const found = sentences(divided);
    marks.replaceChildren(...divided.marks.map(markRow));
    marks.hidden = !divided.marks.length;
    if (found.length !== drawn) {
      lines.replaceChildren(...found.map((_, place) => lineRow(place)));
      drawn = found.length;
    }
    found.forEach(({ text }, place) => setText(lines.children[place].querySelector(".divide-sentence"), text));
    const strange = changed(item.text, divided);
    complain(strange.length ? `“${strange[0]}”不是用户的原话，请只分行或删字，不要改字。` : "");
    setText(yes, found.length > 1 ? `保存这 ${found.length} 句（Ctrl+回车）` : "保存（Ctrl+回车）");
    yes.disabled = !found.length || strange.length > 0;
  }

  function markRow({ start, end, entity }) {
    const { label } = entities.find(({ name }) => name === entity);
    const words = divided.text.slice(start, end);
    return element("li", {}, `${label}：${words} `, element("button", { class: "link", type: "button", text: "去掉", "aria-label": `去掉标记：${words}`, onclick: () => set(unmarked(divided, start)) }));
  }

  function lineRow(place) {
    const choose = (intent) => {
      chosen[place] = intent;
      (lines.children[place + 1]?.querySelector("input") ?? yes).focus();
    };
    const picker = createIntentPicker({ id: `line-${place}`, title: `第 ${place + 1} 句的意图`, keep: chosen[place]?.label ?? "", choose, leave: () => box.focus() });
    picker.use(intents);
    return element("li", {}, element("p", { class: "divide-sentence" }), picker.node);
  }

  function complain(words) {
    wrong.hidden = !words;
    setText(wrong, words);
  }

  function take() {
    if (yes.disabled) return;
    const found = sentences(divided);
    const missing = found.findIndex((_, place) => !chosen[place]);
    if (missing >= 0) {
      complain(`请给第 ${missing + 1} 句选一个意图。`);
      return lines.children[missing].querySelector("input").focus();
    }
    save(found.map((sentence, place) => ({ ...sentence, intent: chosen[place].name })));
  }

  return { node, focus: () => box.focus() };
}
