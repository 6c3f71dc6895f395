// The form of a channel's settings, made from their description; a saved secret is never shown, only that there is one.

import { element, setText } from "../shared/dom.js";
import { filledIn } from "./channel_words.js";

/** @param {{channel: object, save: Function, check: Function, remove: Function}} parts `save` and `check` are given the values */
export function createChannelForm({ channel, save, check, remove }) {
  const fixed = channel.source === "environment";
  const inputs = new Map();
  const drops = new Map();
  const errors = new Map();
  let touched = false;

  const rows = channel.fields.map((field) => ({ field, node: row(field) }));
  const usual = rows.filter(({ field }) => !field.advanced).map(({ node }) => node);
  const seldom = rows.filter(({ field }) => field.advanced).map(({ node }) => node);
  const more = seldom.length ? element("details", { class: "channel-more" }, element("summary", { text: "更多设置" }), ...seldom) : null;
  const checkButton = element("button", { class: "button", type: "button", text: "检测", onclick: () => check(values()) });
  const saveButton = fixed ? null : element("button", { class: "button primary", type: "submit", text: "保存并启用" });
  const removeButton = channel.saved && !fixed ? element("button", { class: "button danger", type: "button", text: "停用并删除设置", onclick: remove }) : null;
  const node = element("form", { class: "channel-form", autocomplete: "off", novalidate: true, oninput: () => (touched = true) }, ...usual, more, element("div", { class: "review-acts" }, saveButton, checkButton, removeButton));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!fixed) save(values());
  });

  function row(field) {
    const id = `channel-${channel.name}-${field.name}`;
    const hint = element("span", { id: `${id}-hint`, class: "channel-hint", text: field.hint });
    const error = element("span", { id: `${id}-error`, class: "channel-error", hidden: true });
    const input = control(field, { id, disabled: fixed, "aria-describedby": `${id}-hint ${id}-error`, "aria-required": field.required ? "true" : null });
    inputs.set(field.name, input);
    errors.set(field.name, error);
    const label = element("label", { for: id, text: field.required ? `${field.label}（必填）` : field.label });
    return element("div", { class: "channel-field" }, label, input, dropBox(field, id), hint, error);
  }

  function dropBox(field, id) {
    if (field.kind !== "secret" || !field.set || field.required || fixed) return null;
    const box = element("input", { type: "checkbox", id: `${id}-drop` });
    drops.set(field.name, box);
    return element("label", { class: "check" }, box, " 删除已保存的");
  }

  function values() {
    return filledIn(channel.fields, (name) => inputs.get(name).value, (name) => drops.get(name)?.checked ?? false);
  }

  /** @param {Record<string, string>} problems by field; {} when all is well */
  function showProblems(problems) {
    for (const [name, error] of errors) {
      setText(error, problems[name] ?? "");
      error.hidden = !problems[name];
      if (problems[name]) inputs.get(name).setAttribute("aria-invalid", "true");
      else inputs.get(name).removeAttribute("aria-invalid");
    }
    const first = channel.fields.find(({ name }) => problems[name]);
    if (!first) return;
    if (first.advanced) more.open = true;
    inputs.get(first.name).focus();
  }

  function busy(on) {
    for (const button of [saveButton, checkButton, removeButton]) if (button) button.disabled = on;
  }

  return { node, showProblems, busy, touched: () => touched };
}

function control({ kind, choices, value, default: usual, set }, attributes) {
  if (kind === "choice" || kind === "switch") {
    const names = kind === "choice" ? choices : { true: "是", false: "否" };
    return element("select", attributes, ...Object.entries(names).map(([option, text]) => element("option", { value: option, text, selected: option === value })));
  }
  if (kind === "secret") return element("input", { ...attributes, type: "password", autocomplete: "new-password", spellcheck: "false", placeholder: set ? "已保存，不改就留空" : "" });
  const numeric = kind === "number" ? { inputmode: "decimal" } : {};
  return element("input", { ...attributes, ...numeric, type: "text", autocomplete: "off", spellcheck: "false", value: value ?? usual });
}
