// What customers read: responses of the assistant and articles of the knowledge base. Looked at first, then saved.

import { element, setText } from "../shared/dom.js";
import { createArticleForm } from "./article_form.js";
import { createEditPanel } from "./edit_panel.js";
import { createIntentForm } from "./intent_form.js";
import { found, titleOf } from "./texts_state.js";

const PATIENCE_MS = 60_000; // domain.yml is read, and the whole knowledge base is checked
const KINDS = { article: "知识文章", response: "助手话术", intent: "新意图" };
const HOW = {
  article: "知识文章：坐席查得到，助手也会用来回答。保存后马上生效。",
  response: "助手话术：助手在办理业务时说的话。保存后，下次训练并发布新模型才生效。",
  intent: "用户在说一件助手还不认识的事？在这里新增一个意图。保存后，训练并发布新模型才生效。",
};

/** @param {{root: HTMLElement, request: Function}} parts */
export function createTextsView({ root, request }) {
  const search = element("input", { type: "search", placeholder: "输入几个字，例如：软管", oninput: draw });
  const list = element("ul", { class: "text-list", "aria-label": "话术和文章" });
  const how = element("p", { class: "soft" });
  const count = element("p", { class: "soft", role: "status" });
  const add = element("button", { class: "button", type: "button", disabled: true, onclick: () => open(null) });
  const editor = element("section", { class: "panel", "aria-label": "编辑" }, empty());
  const buttons = Object.entries(KINDS).map(([name, text]) => element("button", { class: "button", type: "button", text, "data-kind": name, onclick: () => show(name) }));
  const head = element("div", { class: "panel-head" }, element("h2", { text: "话术与知识" }), element("div", { class: "segments" }, ...buttons));
  const left = element("section", { class: "panel" }, how, element("label", { class: "field" }, element("span", { text: "查找" }), search), element("div", { class: "review-acts" }, add), count, list);
  root.replaceChildren(head, element("div", { class: "review" }, left, editor));
  let known = null;
  let kind = "article";
  let dirty = false; // something is being written: what comes from the server must not take it away
  mark();

  function show(wanted) {
    if (!mayLeave()) return;
    kind = wanted;
    search.value = "";
    close();
    mark();
    draw();
  }

  function mark() {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    setText(how, HOW[kind]);
    add.hidden = kind === "response";
    setText(add, kind === "article" ? "新增文章" : "新增意图");
  }

  async function load() {
    known = await request("GET", "/training/texts", undefined, PATIENCE_MS);
    draw();
  }

  function draw() {
    if (!known) return;
    add.disabled = false;
    const all = { article: known.articles, response: known.responses, intent: known.intents }[kind];
    const some = found(all, search.value);
    setText(count, some.length === all.length ? `共 ${all.length} 条` : `${all.length} 条中的 ${some.length} 条`);
    list.replaceChildren(...some.slice(0, 100).map(row));
  }

  function row(one) {
    const { title, more } = titleOf(one);
    return element("li", {}, element("button", { class: "text-row", type: "button", onclick: () => open(one) }, element("b", { text: title }), element("span", { class: "soft", text: more })));
  }

  function open(one, given = {}) {
    if (!mayLeave()) return;
    if (kind === "intent" && one) return editor.replaceChildren(...added(one));
    const changed = () => (dirty = true);
    const form = kind === "intent" ? createIntentForm({ one, known, request, given, changed }) : kind === "article" ? createArticleForm({ one, known, changed }) : responseForm(one, changed);
    const panel = createEditPanel({ kind, form, request, patience: PATIENCE_MS, saved, leave: () => mayLeave() && close() });
    editor.replaceChildren(panel);
    form.focus();
  }

  async function saved(told) {
    dirty = false;
    close(told);
    await load();
  }

  const mayLeave = () => !dirty || window.confirm("正在写的内容还没有保存，确定不要了吗？");

  function close(told = "") {
    dirty = false;
    editor.replaceChildren(told ? element("p", { class: "good", role: "status", text: told }) : empty());
  }

  return {
    load: () => (known && dirty ? Promise.resolve() : load()),
    /** A new intent out of these messages. */
    async proposeIntent(examples) {
      if (!known) await load();
      show("intent");
      open(null, { examples });
    },
  };
}

/** An intent that was added here: what it is, and where it goes on. */
function added({ name, label, description, examples }) {
  return [
    element("h3", { text: label }),
    element("p", { text: description }),
    element("p", { class: "soft", text: `编号 ${name}，新增时有 ${examples.length} 种说法：${examples.join("；")}` }),
    element("p", { text: `要补充说法，请在“待标注”里标注为“${label}”；要改回答，请在“助手话术”里查找 utter_${name}；要删掉，请到“训练与发布 → 以前的变更”里撤回。` }),
  ];
}

function empty() {
  return element("p", { class: "empty", text: "从左边选一条来修改，或者新增一条。" });
}

/** The texts of a response; how many there are stays. */
function responseForm({ name, texts }, changed) {
  const boxes = texts.map((text, place) => {
    const box = element("textarea", { rows: "5", maxlength: "3000", oninput: changed });
    box.value = text;
    return element("label", { class: "field" }, element("span", { text: texts.length > 1 ? `第 ${place + 1} 种说法（随机用一种）` : "助手说的话" }), box);
  });
  const hint = element("p", { class: "soft", text: "花括号里的内容会自动填入，例如 {hotline} 是热线电话，请保留。空一行就是另一个气泡。" });
  const node = element("div", { class: "stack" }, element("h3", { text: name }), ...boxes, hint);
  return { node, key: () => name, value: () => ({ texts: boxes.map((box) => box.querySelector("textarea").value.replaceAll("\r\n", "\n")) }), focus: () => boxes[0].querySelector("textarea").focus() };
}
