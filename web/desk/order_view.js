// One work order: facts, history, and the acts that fit, each with its little form.

import { element, setText } from "../shared/dom.js";
import { clockOf } from "./order_clock.js";
import { actForm } from "./order_forms.js";
import { ACT_NAMES, WEBHOOK_STATES, actsOf } from "./order_words.js";
import { timeText } from "./words.js";

/** See orders_view.js for the parts. */
export function createOrderView({ orders, api, people, now, openConversation, say }) {
  const title = element("h3", { tabindex: "-1" });
  const limit = element("p", { class: "order-limit" });
  const facts = element("dl", { class: "pairs" });
  const buttons = element("div", { class: "order-acts", role: "group", "aria-label": "可以做的事" });
  const form = element("div", { class: "order-form" });
  const history = element("ol", { class: "timeline" });
  const deliveries = element("ul", { class: "order-deliveries" });
  const filled = element("div", {}, title, limit, buttons, form, facts, element("h4", { text: "经过" }), history, deliveries);
  const empty = element("p", { class: "empty", text: "选择一件工单查看。" });
  const node = element("section", { class: "order-detail", "aria-label": "工单内容", tabindex: "0" }, empty, filled);
  let drawn = null;
  let openAct = "";

  function render() {
    const { detail, open } = orders.state;
    empty.hidden = Boolean(detail);
    filled.hidden = !detail;
    if (!detail || detail === drawn) return;
    const another = drawn?.order.number !== open;
    drawn = detail;
    draw(detail, another);
  }

  function draw({ order, steps, webhooks }, another) {
    const today = new Date(now());
    setText(title, `${order.number} ${order.type}`);
    facts.replaceChildren(...factsOf(order, today).map(([name, value]) => element("div", {}, element("dt", { text: name }), element("dd", { text: value }))));
    history.replaceChildren(...steps.map(({ at, what, text }) => element("li", { "data-what": what }, element("time", { datetime: at, text: timeText(at, today) }), element("span", { text }))));
    deliveries.replaceChildren(...webhooks.map((each) => element("li", { class: "soft", text: `发到对方系统：${WEBHOOK_STATES[each.state]}，第 ${each.attempts} 次${each.last_error ? `（${each.last_error}）` : ""}` })));
    const acts = actsOf(order, people().me);
    buttons.replaceChildren(...acts.map((act, index) => actButton(act, order, index === 0)));
    if (another || !acts.includes(openAct)) closeForm();
    if (another) title.focus({ preventScroll: true });
    tick();
  }

  function actButton(act, order, first) {
    if (act === "print") return element("a", { class: "button", href: `/orders/sheet?n=${encodeURIComponent(order.number)}`, target: "_blank", rel: "noopener", text: ACT_NAMES[act] });
    return element("button", { class: first ? "button primary" : "button", type: "button", text: ACT_NAMES[act], onclick: () => showForm(act, order) });
  }

  function showForm(act, order) {
    openAct = act;
    const made = actForm(act, { order, api, people: people(), cancel: closeForm, done });
    form.replaceChildren(made);
    made.querySelector("textarea, select, input, button")?.focus();
  }

  function closeForm() {
    openAct = "";
    form.replaceChildren();
  }

  function done(text) {
    closeForm();
    say(text, "good");
    orders.hear();
    void orders.open(drawn.order.number);
    title.focus({ preventScroll: true });
  }

  function tick() {
    if (!drawn) return;
    const { level, text } = clockOf(drawn.order, now());
    limit.dataset.level = level;
    setText(limit, text);
  }

  function factsOf(order, today) {
    const time = (iso) => timeText(iso, today);
    return [
      ["进度", `${order.stage}（${order.state}）`],
      ["处理方式", [order.handling, order.unit].filter(Boolean).join("：")],
      ["紧急程度", order.urgency],
      ["投诉等级", order.grade],
      ["内容", order.summary],
      ["地址", order.address],
      ["联系电话", order.contact_phone],
      ["方便时间", order.contact_time],
      ["户号", order.account_number],
      ["首问责任人", order.owner ?? "智能助手受理，还没有人接手"],
      ["现在跟进", order.assignee],
      ["受理", time(order.created_at)],
      ["派出前", order.leave_by && `${time(order.leave_by)}（${order.leave_why}）`],
      ["派单", time(order.dispatched_at)],
      ["到场", time(order.on_site_at)],
      ["期限", time(order.due_at)],
      ["申请延期", order.extension && `${time(order.extension.until)}；${order.extension.reason}`],
      ["处理结果", order.result],
      ["答复", order.answer],
      ["备注", order.notes],
    ].filter(([, value]) => value);
  }

  const talk = element("button", { class: "link", type: "button", text: "看原来的会话", onclick: () => openConversation(drawn.order.conversation_id) });
  filled.insertBefore(talk, facts);
  return { node, render, tick };
}
