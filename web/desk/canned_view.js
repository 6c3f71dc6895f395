// The list of canned replies above the reply box: opened by "/", narrowed by what follows, Enter inserts.

import { element } from "../shared/dom.js";
import { called, completed, find, firstBlank } from "./canned.js";

const SCOPES = { personal: "个人", team: "团队", company: "公司" };

/**
 * @param {object} parts
 * @param {object} parts.api
 * @param {HTMLTextAreaElement} parts.input
 * @param {() => string} parts.address how the customer is addressed
 * @param {(text: string) => void} parts.write puts a text into the box
 * @param {() => void} parts.manage opens the dialog of one's own replies
 */
export function createCannedList({ api, input, address, write, manage }) {
  const list = element("ul", { id: "canned-list", role: "listbox", "aria-label": "常用语" });
  const status = element("p", { class: "soft", role: "status" });
  const edit = element("button", { class: "link", type: "button", text: "管理常用语", onclick: () => (withdraw(), input.blur(), manage()) });
  const node = element("div", { class: "canned", hidden: true }, list, element("div", { class: "canned-foot" }, status, edit));
  let known = { replies: [], variables: {} };
  let found = [];
  let chosen = 0;
  let dismissed = null; // the call that Esc closed
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "canned-list", "aria-expanded": "false" }).forEach(([name, value]) => input.setAttribute(name, value));

  node.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus

  /** The call is not written any more. */
  function withdraw() {
    const asked = call();
    if (asked) write(input.value.slice(0, asked.start) + input.value.slice(input.selectionStart));
    close();
  }

  const call = () => called(input.value, input.selectionStart);

  async function load() {
    try {
      known = await api.cannedReplies();
    } catch (error) {
      status.textContent = error.message;
      return;
    }
    if (!node.hidden) follow();
  }

  function open() {
    if (!node.hidden) return;
    node.hidden = false;
    input.setAttribute("aria-expanded", "true");
    void load();
  }

  function close() {
    node.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  /** The text or the caret has changed. */
  function follow() {
    const asked = call();
    if (!asked) dismissed = null;
    if (!asked || dismissed === asked.start) return close();
    open();
    found = find(known.replies, asked.query);
    chosen = 0;
    draw();
  }

  function draw() {
    list.replaceChildren(...found.map(row));
    status.textContent = found.length ? "↑↓ 选择，Enter 插入，Esc 关闭" : "没有找到，可按标题或拼音首字母查找。";
    mark();
  }

  function row(reply, place) {
    const { title, text, scope } = reply;
    return element("li", { id: `canned-${place}`, role: "option", onclick: () => insert(reply) }, element("b", { text: title }), element("span", { class: "canned-scope", text: SCOPES[scope] }), element("span", { class: "canned-text", text }));
  }

  function mark() {
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    if (found.length) input.setAttribute("aria-activedescendant", `canned-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function insert({ text }) {
    const { start } = call() ?? { start: input.selectionStart };
    const said = completed(text, { ...known.variables, 称呼: address() });
    const caret = input.selectionStart;
    write(input.value.slice(0, start) + said + input.value.slice(caret));
    close();
    input.focus();
    const blank = firstBlank(said);
    const [from, to] = blank ? blank.map((place) => place + start) : [start + said.length, start + said.length];
    input.setSelectionRange(from, to);
  }

  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => found.length && insert(found[chosen]),
    Escape: () => ((dismissed = call()?.start ?? null), close()),
  };

  function step(by) {
    if (!found.length) return;
    chosen = (chosen + by + found.length) % found.length;
    mark();
  }

  return {
    node,
    follow,
    close,

    /** @returns {boolean} whether the list took the key */
    key(event) {
      const act = node.hidden || event.shiftKey ? null : KEYS[event.key];
      if (!act) return false;
      event.preventDefault();
      event.stopPropagation();
      act();
      return true;
    },

    /** By its button, or by "/" from elsewhere on the page. */
    call() {
      input.focus();
      const space = input.value && !/\s$/.test(input.value) ? " " : "";
      write(`${input.value}${space}/`);
      input.setSelectionRange(input.value.length, input.value.length);
      follow();
    },
  };
}
