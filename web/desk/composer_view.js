// The reply box: Enter sends (never while an input method composes), a draft per conversation, the 4,000 limit.

import { createAttach } from "../shared/attach.js";
import { element, setText } from "../shared/dom.js";
import { MAX_CHARACTERS, characters } from "../shared/protocol.js";
import { createCannedList } from "./canned_view.js";
import { createGuard, mended, toConfirm } from "./guard.js";
import { createGuardView } from "./guard_view.js";
import { createTools } from "./tools_view.js";
import { createTray } from "./tray_view.js";

const COUNT_FROM = MAX_CHARACTERS - 500;
const TYPING_EVERY_MS = 3_000;
const TYPING_IDLE_MS = 5_000;
const REPLY = { label: "回复内容", placeholder: "输入回复，Enter 发送，Shift+Enter 换行，/ 选常用语", send: "发送" };
const NOTE = { label: "备注内容", placeholder: "输入备注，只有工作人员能看到，不算回复", send: "存为备注" };

/**
 * @param {object} parts
 * @param {object} parts.clock
 * @param {object} parts.api see composer_api.js
 * @param {(text: string, leave?: object) => void} parts.send
 * @param {(file: File) => void} parts.sendFile
 * @param {() => number | null} parts.limitMb the largest file that is taken
 * @param {(text: string) => void} parts.note keeps a private note
 * @param {() => void} parts.hold
 * @param {() => string} parts.address how the customer is addressed
 * @param {() => void} parts.manageCanned
 * @param {(text: string) => void} parts.keepDraft
 * @param {(on: boolean) => void} parts.typing
 * @param {() => void} parts.leave Esc
 */
export function createComposer({ clock, api, send, sendFile, limitMb, note, hold, address, manageCanned, keepDraft, typing, leave }) {
  const input = element("textarea", { rows: "2", "aria-label": REPLY.label, "aria-describedby": "composer-hint", placeholder: REPLY.placeholder });
  const hint = element("p", { id: "composer-hint", class: "composer-hint" });
  const submit = element("button", { class: "button primary", type: "submit", text: REPLY.send });
  const canned = createCannedList({ api, input, address, write, manage: manageCanned });
  const tools = createTools({ canned: () => canned.call(), hold, note: (on) => (writeNotes(on), input.focus()) });
  const guard = createGuard({ api, clock, changed: (known) => guardView.draw(known, me) });
  const guardView = createGuardView({
    mend: (finding) => (write(mended(input.value, finding)), input.focus()),
    confirm: () => sendText({ confirmed: true }),
    override: () => sendText({ override: true, confirmed: true }),
  });
  const tray = createTray({ limitMb, refuse: (words) => tell(words, true), changed: () => count() });
  const chooser = element("input", { type: "file", accept: "image/*,video/mp4,.pdf,.docx,.xlsx", multiple: true, hidden: true, tabindex: "-1", "aria-label": "选择图片或文件" });
  const row = element("div", { class: "composer-row" }, input, submit);
  const node = element("form", { class: "composer", novalidate: true }, tools.node, canned.node, tray.node, row, hint, guardView.node, chooser);
  let typingSince = 0;
  let stopIdle = () => {};
  let conversationId = null;
  let me = null;
  let noting = false;

  createAttach({
    button: tools.attachButton,
    input: chooser,
    field: input,
    zone: node,
    onFiles(files) {
      if (noting) return;
      tray.add(files);
      input.focus();
    },
  });
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    submitText();
  });
  input.addEventListener("input", () => {
    changed();
    canned.follow();
    if (input.value.trim() && !noting) tellTyping();
    else tellIdle();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // the input method's own Enter
    if (canned.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if (event.ctrlKey && toConfirm(guard.of(input.value.trim()) ?? { findings: [] }).length) sendText({ confirmed: true });
      else submitText();
    } else if (event.key === "Escape") leave();
  });
  input.addEventListener("blur", (event) => {
    tellIdle();
    if (!canned.node.contains(event.relatedTarget)) canned.close();
  });

  function submitText() {
    const known = guard.of(input.value.trim());
    if (known?.findings.length) return guard.insist();
    return noting ? sendNote() : sendText();
  }

  function sendNote() {
    const text = input.value.trim();
    if (!text || tooLong(text)) return count();
    write("");
    note(text);
    return writeNotes(false);
  }

  /** What is written goes to staff only, or to the customer again. */
  function writeNotes(on) {
    noting = on;
    const { label, placeholder, send: verb } = on ? NOTE : REPLY;
    input.setAttribute("aria-label", label);
    input.placeholder = placeholder;
    setText(submit, verb);
    node.classList.toggle("is-note", on);
    tools.showNote(on);
    if (on) tellIdle();
    look();
  }

  /** Notes are not held to what may be said to customers. */
  function look() {
    guard.type(conversationId, noting ? "" : input.value);
  }

  /** The server looks again, so a reply that was not looked through yet goes at once. */
  function sendText(leave) {
    const text = input.value.trim();
    if ((!text && tray.empty) || tooLong(text)) return count();
    tellIdle();
    for (const file of tray.take()) sendFile(file);
    write("");
    input.focus();
    return text ? send(text, leave) : undefined;
  }

  function insert(text) {
    const space = input.value && !/\s$/.test(input.value) ? " " : "";
    write(input.value + space + text);
    input.focus();
  }

  function write(text) {
    input.value = text;
    changed();
  }

  function changed() {
    keepDraft(input.value);
    look();
    count();
  }

  const tooLong = (text) => characters(text.trim()) > MAX_CHARACTERS;

  function count() {
    const length = characters(input.value.trim());
    const over = length - MAX_CHARACTERS;
    input.setAttribute("aria-invalid", String(over > 0));
    tell(over > 0 ? `最多 ${MAX_CHARACTERS} 字，超出 ${over} 字，请分条发送。` : length >= COUNT_FROM ? `${length} / ${MAX_CHARACTERS} 字` : "", over > 0);
  }

  function tell(words, isError) {
    setText(hint, words);
    hint.classList.toggle("is-error", isError);
  }

  function tellTyping() {
    const now = clock.now().getTime();
    if (now - typingSince > TYPING_EVERY_MS) {
      typingSince = now;
      typing(true);
    }
    stopIdle();
    stopIdle = clock.after(TYPING_IDLE_MS, tellIdle);
  }

  function tellIdle() {
    stopIdle();
    if (typingSince) typing(false);
    typingSince = 0;
  }

  return {
    node,
    focus: () => input.focus(),
    insert,

    /** Another conversation came into view. */
    open(id, person, draft) {
      tellIdle();
      [conversationId, me] = [id, person];
      input.value = draft;
      canned.close();
      tray.take(); // what was chosen for one customer is never sent to another
      guard.clear();
      writeNotes(false);
      count();
    },

    showHold: tools.showHold,
    callCanned: () => canned.call(),
    attach: () => tools.attachButton.click(),
    toggleNote: () => (writeNotes(!noting), input.focus()),

    /** The server stopped a reply: back into the box with it, unless something else is being written. */
    stop({ text, findings }) {
      if (input.value.trim()) return false;
      write(text);
      guard.refused(text, findings);
      input.focus();
      return true;
    },

    /** Put a failed message back to be changed; what was begun meanwhile stays before it. */
    takeBack(text) {
      write(input.value.trim() ? `${input.value}\n${text}` : text);
      input.focus();
    },

    get busy() {
      return document.activeElement === input && input.value.trim() !== "";
    },
  };
}
