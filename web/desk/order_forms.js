// The little form of each act on an order: what it asks, what it calls, what it says when it is done.

import { element, setText } from "../shared/dom.js";
import { HANDLINGS } from "./order_words.js";
import { ORDER_TYPES, personText } from "./words.js";

const UNITS = HANDLINGS.slice(1);
const LONGEST = "1000";

const area = (name, label) => field(label, element("textarea", { name, rows: "3", maxlength: LONGEST, required: true }));
const choice = (name, label, options) => field(label, element("select", { name }, ...options.map(([value, text, selected]) => element("option", { value, text, selected }))));
const line = (name, label, value) => field(label, element("input", { name, value, maxlength: "120" }));

function field(label, control) {
  return element("label", { class: "field" }, element("span", { text: label }), control);
}

/** Each: what is asked, and what to do with it; returns what is said then. */
const FORMS = {
  dispatch: ({ order }) => ({
    fields: [choice("handling", "派给", unitOptions(order.handling))],
    submit: "派单",
    act: async (api, { handling }) => (await api.dispatch(order.number, handling), `工单 ${order.number} 已派出`),
  }),
  redirect: ({ order }) => ({
    fields: [choice("handling", "改派给", unitOptions(order.handling).filter(([value]) => value !== order.handling))],
    submit: "改派",
    act: async (api, { handling }) => (await api.dispatch(order.number, handling), `工单 ${order.number} 已改派`),
  }),
  report: ({ order }) => ({
    fields: [choice("solved", "结果", [["yes", "已解决"], ["no", "没有解决"]]), area("result", "处理情况")],
    submit: "登记",
    act: async (api, { solved, result }) => (await api.report(order.number, result, solved === "yes"), "已登记处理结果"),
  }),
  answer: ({ order }) => ({
    fields: [area("text", "答复内容（会发给用户）")],
    submit: "答复并办结",
    act: async (api, { text }) => (await api.answer(order.number, text), "已答复，工单办结"),
  }),
  archive: ({ order }) => ({ fields: [], submit: "确认归档", act: async (api) => (await api.archive(order.number), "已归档") }),
  note: ({ order }) => ({ fields: [area("text", "备注")], submit: "保存", act: async (api, { text }) => (await api.note(order.number, text), "已加备注") }),
  assign: ({ order, people }) => ({
    fields: [choice("to", "转给（首问责任人不变）", colleagues(people, order))],
    submit: "转出",
    act: async (api, { to }) => (await api.assign(order.number, to), `已转给工号 ${to} 跟进`),
  }),
  extend: ({ order }) => ({
    fields: [choice("days", "延长", [1, 2, 3, 5, 10].map((days) => [String(days), `${days} 个工作日`])), area("reason", "原因")],
    submit: "申请",
    act: async (api, { days, reason }) => (await api.extend(order.number, Number(days), reason), "已申请，等班长审批"),
  }),
  decide: ({ order }) => ({
    fields: [choice("granted", `申请原因：${order.extension?.reason ?? ""}`, [["yes", "同意"], ["no", "不同意"]])],
    submit: "确定",
    act: async (api, { granted }) => (await api.decide(order.number, granted === "yes"), granted === "yes" ? "已同意延期，并通知用户" : "没有同意延期"),
  }),
  edit: ({ order }) => ({
    fields: [
      ...(order.stage === "受理" ? [choice("type", "报修类型", ORDER_TYPES.map((each) => [each, each, each === order.type])), choice("handling", "处理方式", HANDLINGS.map((each) => [each, each, each === order.handling]))] : []),
      line("summary", "内容", order.summary),
      line("address", "地址", order.address),
      line("contact_phone", "联系电话", order.contact_phone),
      line("contact_time", "方便时间", order.contact_time),
    ],
    submit: "保存",
    act: async (api, fields) => (await api.edit(order.number, fields), "已修改"),
  }),
  link: ({ order }) => ({
    fields: [element("p", { class: "soft", text: "链接只能反馈这一件工单，请只发给处理它的维修人员。" })],
    submit: "生成链接",
    keeps: true,
    act: async (api, _, form) => {
      const { url } = await api.link(order.number);
      form.querySelector(".order-url")?.remove();
      const box = element("input", { class: "order-url", readonly: true, value: url, "aria-label": "反馈链接" });
      form.insertBefore(box, form.querySelector(".dialog-buttons"));
      box.select();
    },
  }),
};

function unitOptions(handling) {
  return UNITS.map((each) => [each, each, each === handling]);
}

function colleagues({ staff }, order) {
  return [...staff.values()].filter(({ role, staff_id }) => ["agent", "lead"].includes(role) && staff_id !== order.assignee).map((person) => [person.staff_id, personText(person)]);
}

/**
 * @param {string} act a key of ACT_NAMES
 * @param {object} parts order, api, people (the desk's state), cancel, done(text)
 */
export function actForm(act, { order, api, people, cancel, done }) {
  const { fields, submit, act: run, keeps } = FORMS[act]({ order, people });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const button = element("button", { class: "button primary", type: "submit", text: submit });
  const form = element("form", { class: "act-form", novalidate: true }, ...fields, error, element("div", { class: "dialog-buttons" }, element("button", { class: "button", type: "button", text: "取消", onclick: cancel }), button));

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
    const missing = [...form.querySelectorAll("[required]")].find(({ name }) => !values[name]);
    if (missing) return fail("请先填写。");
    button.disabled = true;
    fail("");
    try {
      const said = await run(api, values, form);
      if (!keeps) done(said);
    } catch (failure) {
      fail(Object.values(failure.fields ?? {})[0] ?? failure.message);
    } finally {
      button.disabled = false;
    }
  });
  return form;
}
