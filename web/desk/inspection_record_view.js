// One conversation under inspection: on the left what happened, on the right the sheet; what may be done with it
// depends on who looks and how far it has got. The server decides again.

import { element, setText } from "../shared/dom.js";
import { withDraft } from "./inspection_drafts.js";
import { createSheetForm } from "./inspection_form.js";
import { createRecordLines } from "./inspection_lines.js";
import { createResult } from "./inspection_result.js";
import { whyText } from "./inspection_words.js";
import { CHANNELS, timeText } from "./words.js";

const UNSAVED = "评分还没有保存，再按一次“返回列表”将放弃修改。";

/** @param {{clock: object, store: object, api: object, drafts: object, back: () => void}} parts `drafts`: see inspection_drafts.js */
export function createRecordView({ clock, store, api, drafts, back }) {
  const title = element("h3", { tabindex: "-1" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const status = element("p", { class: "soft", role: "status" });
  const facts = element("p", { class: "soft" });
  const [left, right] = [element("div", { class: "record-left" }), element("div", { class: "record-right" })];
  const node = element("section", { class: "record", hidden: true, "aria-label": "质检会话" });
  node.append(element("div", { class: "lead-bar" }, element("button", { class: "button", type: "button", text: "返回列表", onclick: leave }), title, status), facts, error, element("div", { class: "record-columns" }, left, right));
  let [shown, dirty, warned] = [null, false, false];
  let sheet = null; // what stands on it now

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
    if (text) error.scrollIntoView({ block: "nearest" }); // the buttons are at the other end of the sheet
  }

  function leave() {
    if (dirty && !warned) {
      warned = true;
      return fail(UNSAVED);
    }
    if (dirty) drafts.drop(store.state.me.staff_id, shown.case.conversation_id);
    node.hidden = true;
    back();
  }

  function touched() {
    dirty = true;
    drafts.keep(store.state.me.staff_id, shown.case.conversation_id, sheet());
    setText(status, "有未保存的修改");
  }

  async function show(conversationId, done = "") {
    const [rules, record] = await Promise.all([api.rules(), api.record(conversationId)]);
    [shown, dirty, warned] = [record, false, false];
    node.hidden = false;
    const { case: c } = record;
    setText(title, `工号 ${c.staff_id} 的会话（${c.category || "未填类型"}）`);
    setText(facts, `${CHANNELS[c.channel] ?? c.channel} · ${timeText(c.closed_at, clock.now())} 结束 · 重点：${whyText(c.why)} · 用户评价：${c.satisfaction ? `${c.satisfaction} 分` : "没有"}${ordersText(record.orders)}`);
    fail("");
    draw(rules, record);
    setText(status, dirty ? "有未保存的修改，已恢复" : done);
    title.focus();
  }

  function draw(rules, record) {
    const me = store.state.me;
    const i = record.inspection;
    const writes = me.role === "inspector" && (!i || (["drawn", "scored", "published"].includes(i.stage) && [null, me.staff_id].includes(i.inspector)));
    const judges = ["inspector", "lead"].includes(me.role) && i?.stage === "objected" && i.staff_id !== me.staff_id;
    const draft = writes || judges ? drafts.of(me.staff_id, record.case.conversation_id, i?.version ?? 0) : null;
    dirty = Boolean(draft);
    const written = withDraft(i, draft);
    const lines = createRecordLines({ clock, lines: record.lines, remarks: written?.remarks ?? [], editable: writes || judges, changed: touched });
    left.replaceChildren(lines.node);
    right.replaceChildren();
    if (i && i.stage !== "drawn") right.append(createResult({ clock, inspection: i, history: record.history, rules }));
    const form = writes || judges ? createSheetForm({ rules, inspection: written, changed: touched }) : null;
    sheet = () => ({ ...form.read(), remarks: lines.read(), version: i?.version ?? 0 });
    if (form) right.append(element("h4", { text: judges ? "申诉成立时，改为：" : i?.stage === "published" ? "更正评分" : "评分" }), form.node);
    if (writes) right.append(inspectorButtons(i));
    if (judges) right.append(decision(i));
    if (i?.stage === "published" && i.staff_id === me.staff_id && !i.objected_at) right.append(objection(i));
  }

  const button = (text, act, primary = false) => element("button", { class: primary ? "button primary" : "button", type: "button", text, onclick: act });

  function inspectorButtons(i) {
    const id = shown.case.conversation_id;
    const save = async () => (await api.save(id, sheet())).inspection;
    const buttons = [button(i?.stage === "published" ? "保存更正" : "保存", () => act(save, "已保存"), i?.stage === "published")];
    if (i?.stage !== "published") {
      const publish = async () => {
        const saved = dirty || !i || i.stage === "drawn" ? await save() : i;
        return api.publish(saved.id, saved.version);
      };
      buttons.push(button("发布给坐席", () => act(publish, "已发布，坐席可以看到"), true));
    }
    return element("div", { class: "dialog-buttons" }, ...buttons);
  }

  function decision(i) {
    const reason = element("textarea", { rows: "2", maxlength: "500" });
    const decide = (corrected) => act(() => api.decide(i.id, { reason: reason.value.trim(), version: i.version, ...(corrected ? { sheet: sheet() } : {}) }), "申诉已处理");
    return reasoned("处理意见（坐席能看到）", reason, button("维持原分", () => needed(reason) && decide(false)), button("按上面的评分改判", () => needed(reason) && decide(true), true));
  }

  function objection(i) {
    const reason = element("textarea", { rows: "2", maxlength: "500" });
    return reasoned("申诉理由（只能申诉一次）", reason, button("提出申诉", () => needed(reason) && act(() => api.object(i.id, reason.value.trim()), "申诉已提交"), true));
  }

  function reasoned(label, field, ...buttons) {
    return element("div", { class: "sheet-form" }, element("label", { class: "field" }, element("span", { text: label }), field), element("div", { class: "dialog-buttons" }, ...buttons));
  }

  function needed(field) {
    if (field.value.trim()) return true;
    fail("请先写明理由。");
    field.focus();
    return false;
  }

  async function act(what, done) {
    try {
      await what();
      drafts.drop(store.state.me.staff_id, shown.case.conversation_id);
      await show(shown.case.conversation_id, done);
    } catch (problem) {
      fail(problem.message);
    }
  }

  return { node, show };
}

function ordersText(orders) {
  return orders.length ? ` · 工单：${orders.map(({ number, type, handling, state }) => `${number} ${type}/${handling}/${state}`).join("；")}` : "";
}
