// One's own canned replies, and the team's for a lead: add, change, delete.

import { element, setText } from "../shared/dom.js";
import { isLead } from "./visibility.js";

/** @param {{api: object, me: () => object, closed: () => void}} parts */
export function createCannedDialog({ api, me, closed }) {
  const list = element("ul", { class: "canned-own", "aria-label": "我能修改的常用语" });
  const title = element("input", { name: "title", maxlength: "40", required: true, autocomplete: "off" });
  const text = element("textarea", { name: "text", rows: "3", maxlength: "1000", required: true, "aria-describedby": "canned-variables" });
  const scope = element("select", { name: "scope" }, element("option", { value: "personal", text: "个人" }), element("option", { value: "team", text: "团队（所有客服可用）" }));
  const scopeField = element("label", { class: "field" }, element("span", { text: "谁可以用" }), scope);
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const heading = element("h3", { text: "添加" });
  const again = element("button", { class: "button", type: "button", text: "不改了", hidden: true, onclick: () => edit(null) });
  const form = element(
    "form",
    { novalidate: true },
    heading,
    element("label", { class: "field" }, element("span", { text: "标题（用来查找）" }), title),
    element("label", { class: "field" }, element("span", { text: "内容" }), text),
    element("p", { id: "canned-variables", class: "soft", text: "可用 {称呼} {工号} {公司} {热线} {服务时间}，使用时自动填写；其他 {…} 由使用者填写。" }),
    scopeField,
    error,
    element("div", { class: "dialog-buttons" }, again, element("button", { class: "button primary", type: "submit", text: "保存" })),
  );
  const shut = element("button", { class: "button", type: "button", text: "关闭", onclick: () => dialog.close() });
  const dialog = element("dialog", { id: "dialog-canned", class: "dialog", "aria-labelledby": "dialog-canned-title" }, element("h2", { id: "dialog-canned-title", text: "管理常用语" }), list, form, element("div", { class: "dialog-buttons" }, shut));
  document.body.append(dialog);
  dialog.addEventListener("close", closed);
  let changed = null; // the reply being changed

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(save);
  });

  async function attempt(work) {
    fail("");
    try {
      await work();
      edit(null);
      await load();
    } catch (failure) {
      fail(Object.values(failure.fields ?? {})[0] ?? failure.message);
    }
  }

  const save = () => {
    const said = { title: title.value, text: text.value };
    return changed ? api.changeCannedReply(changed.id, said) : api.addCannedReply({ ...said, scope: scope.value });
  };

  function fail(why) {
    setText(error, why);
    error.hidden = !why;
  }

  async function load() {
    const { replies } = await api.cannedReplies();
    const own = replies.filter(({ editable }) => editable);
    list.replaceChildren(...(own.length ? own.map(row) : [element("li", { class: "empty", text: "还没有。公司常用语由管理员维护。" })]));
  }

  function row(reply) {
    const button = (label, act) => element("button", { class: "link", type: "button", text: label, "aria-label": `${label}：${reply.title}`, onclick: act });
    const remove = () => void attempt(() => api.dropCannedReply(reply.id));
    return element("li", {}, element("b", { text: reply.title }), element("span", { class: "canned-text", text: reply.text }), button("修改", () => edit(reply)), button("删除", remove));
  }

  function edit(reply) {
    changed = reply;
    setText(heading, reply ? "修改" : "添加");
    again.hidden = !reply;
    [title.value, text.value] = reply ? [reply.title, reply.text] : ["", ""];
    scopeField.hidden = Boolean(reply) || !isLead(me());
    if (reply) title.focus();
  }

  return {
    async show() {
      fail("");
      edit(null);
      scope.value = "personal";
      dialog.showModal();
      title.focus();
      await load().catch((failure) => fail(failure.message));
    },
  };
}
