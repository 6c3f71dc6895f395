// One message as elements: made once, then only its changeable parts are updated. Text goes in as text.

import { element, fill, icon, setText } from "../shared/dom.js";
import { linkParts } from "../shared/links.js";

const BADGES = { bot: "flame", agent: "headset" };
const SAFETY_TITLE = ["安全提示", "请立即照做"];

/**
 * @param {object} item see items.js
 * @param {{onChoice: Function, onRetry: Function, onDiscard: Function, onFile: () => Promise<Function>, numbers: () => string[]}} parts
 * @returns {{node: HTMLElement, update: (item: object) => void}}
 */
export function createBubble(item, parts) {
  if (item.look === "day") return dayLine(item);
  const body = element("div", { class: "text" });
  const head = element("p", { class: "head" });
  const isSafety = item.look === "safety";
  const foot = element("p", { class: "foot" });
  const choices = item.choices.map((choice) => choiceButton(item, choice, parts));
  const node = element(
    "li",
    { class: `message is-${item.look} by-${item.speaker}`, "data-id": item.key },
    isSafety ? null : head,
    isSafety ? safetyCard(head, body) : body,
    choices.length > 0 ? element("div", { class: "choices" }, ...choices.map(({ node }) => node)) : null,
    item.look === "own" ? foot : null,
  );
  let shownText = null;
  let updateFile = () => {};

  function update(now) {
    if (now.text !== shownText) fillText(body, now, parts.numbers());
    if (now.file && shownText === null) showFile(body, now);
    shownText = now.text;
    updateFile(now);
    fillHead(head, now);
    if (now.look === "own") fillFoot(foot, now, parts);
    now.choices.forEach((choice, index) => choices[index]?.update(choice, now.open));
  }

  /** Its name is there at once; what shows it may still have to be loaded. */
  async function showFile(place, now) {
    let latest = now;
    updateFile = (newer) => (latest = newer);
    const show = await parts.onFile();
    place.classList.add("is-file");
    updateFile = show(place, latest);
  }

  update(item);
  return { node, update };
}

function dayLine(item) {
  const words = element("span");
  const node = element("li", { class: "day" }, words);
  const update = (now) => setText(words, now.words);
  update(item);
  return { node, update };
}

function safetyCard(head, body) {
  const words = element("strong", {}, ...SAFETY_TITLE.flatMap((text) => [element("span", { text }), " "]));
  const title = element("div", { class: "safety-title" }, icon("warning"), words, head);
  return element("div", { class: "safety", role: "alert" }, title, body);
}

function fillText(body, { text, speaker, look }, numbers) {
  if (speaker === "customer") return setText(body, text);
  const parts = linkParts(text, { numbers, emergency: look === "safety" });
  fill(body, ...parts.map(({ text, href }) => (href ? link(text, href) : text)));
}

function link(text, href) {
  if (href.startsWith("tel:")) return element("a", { href, text });
  return element("a", { href, text, target: "_blank", rel: "noopener noreferrer" });
}

function fillHead(head, { name, time, at, look, speaker }) {
  head.hidden = look === "own" || (name === null && time === "");
  if (head.hidden) return;
  const words = `${name ?? ""} ${time}`;
  if (head.dataset.words === words) return;
  head.dataset.words = words;
  fill(head, ...[name && nameElement(name, speaker), timeElement(time, at)].filter(Boolean));
}

function fillFoot(foot, item, { onRetry, onDiscard }) {
  const words = `${item.time} ${item.delivery} ${item.deliveryWords}`;
  if (foot.dataset.words === words) return;
  foot.dataset.words = words;
  foot.className = `foot is-${item.delivery}`;
  const state = element("span", { class: "state", text: item.deliveryWords });
  fill(foot, ...[timeElement(item.time, item.at), state].filter(Boolean));
  if (item.delivery === "delivered") state.prepend(icon("check"));
  if (item.delivery !== "failed") return;
  const retry = element("button", { type: "button", class: "retry", text: "未发送，点此重试", onclick: () => onRetry(item.key) });
  const discard = element("button", { type: "button", class: "discard", text: "删除", onclick: () => onDiscard(item.key) });
  foot.append(retry, discard);
}

function choiceButton(item, choice, { onChoice }) {
  let open = item.open;
  const label = element("span", { text: choice.title });
  const node = element("button", { type: "button", class: "choice", onclick: () => open && onChoice(choice) }, label);
  const update = (now, isOpen) => {
    open = isOpen;
    // Not `disabled`: that would drop the focus of whoever has just pressed it.
    node.setAttribute("aria-disabled", String(!isOpen));
    if (now.chosen && !node.classList.contains("is-chosen")) {
      node.classList.add("is-chosen");
      node.append(icon("check"), element("span", { class: "sr-only", text: "（已选择）" }));
    }
  };
  return { node, update };
}

function nameElement(name, speaker) {
  const badge = BADGES[speaker] ? element("span", { class: "badge" }, icon(BADGES[speaker])) : null;
  return element("span", { class: "name" }, badge, name);
}

const timeElement = (time, at) => (time ? element("time", { datetime: at, text: time }) : null);
