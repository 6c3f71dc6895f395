// The orders' page of the desk: filters, the list, and one order beside it.

import { byId, element, icon, setText } from "../shared/dom.js";
import { headOf } from "../shared/table.js";
import { clockOf, redCount } from "./order_clock.js";
import { createOrderView } from "./order_view.js";
import { STATES } from "./order_words.js";
import { ORDER_TYPES } from "./words.js";

/**
 * @param {object} parts
 * @param {object} parts.orders see orders.js
 * @param {object} parts.api
 * @param {() => object} parts.people the desk's state: me, staff
 * @param {() => number} parts.now
 * @param {(id: string) => void} parts.openConversation
 * @param {(text: string, tone?: string) => void} parts.say
 */
export function createOrdersView({ orders, api, people, now, openConversation, say }) {
  const root = byId("orders");
  const opener = byId("orders-open");
  const badge = element("b", { class: "orders-badge", hidden: true });
  opener.append("工单", badge);
  opener.addEventListener("click", () => toggle());

  const letters = element("div", { class: "orders-letters", role: "alert", hidden: true });
  const trouble = element("p", { class: "error-box", role: "alert", hidden: true });
  const body = element("tbody");
  const empty = element("p", { class: "empty", text: "没有符合条件的工单。" });
  const count = element("p", { class: "soft", role: "status" });
  const table = element("table", { class: "orders-table" }, headOf(["工单号", "类型", "进度", "内容", "单位", "时限", "跟进"]), body);
  const detail = createOrderView({ orders, api, people, now, openConversation, say });
  const list = element("div", { class: "orders-list" }, filters(), letters, trouble, count, element("div", { class: "orders-scroll", tabindex: "0", "aria-label": "工单列表" }, table, empty));
  root.append(list, detail.node);
  let drawn = null;

  function toggle(shown = !orders.state.shown) {
    if (shown === orders.state.shown) return;
    byId("desk").dataset.view = shown ? "orders" : "";
    root.hidden = !shown;
    opener.setAttribute("aria-pressed", String(shown));
    orders.show(shown);
  }

  function filters() {
    const state = select("状态", Object.entries(STATES), (value) => orders.want({ state: value }));
    const type = select("类型", [["", "全部"], ...ORDER_TYPES.map((each) => [each, each])], (value) => orders.want({ type: value }));
    const mine = element("input", { type: "checkbox", onchange: () => orders.want({ mine: mine.checked ? "true" : "" }) });
    const words = element("input", { type: "search", placeholder: "工单号、地址、电话", "aria-label": "查找工单", maxlength: "100" });
    const form = element("form", { role: "search", class: "orders-filters", novalidate: true }, state, type, element("label", { class: "check" }, mine, " 我的"), words);
    form.addEventListener("submit", (event) => (event.preventDefault(), orders.want({ q: words.value.trim() })));
    words.addEventListener("search", () => orders.want({ q: words.value.trim() }));
    const sheet = element("a", { class: "button", href: "/orders/sheet?state=leaving", target: "_blank", rel: "noopener", text: "打印待派出" });
    form.append(sheet, element("button", { class: "button", type: "button", text: "返回会话", onclick: () => toggle(false) }));
    return form;
  }

  function select(label, options, change) {
    const box = element("select", { "aria-label": label, onchange: () => change(box.value) }, ...options.map(([value, text]) => element("option", { value, text })));
    return element("label", { class: "orders-filter" }, element("span", { class: "soft", text: label }), box);
  }

  function render() {
    const { state } = orders;
    detail.render();
    setText(trouble, state.error);
    trouble.hidden = !state.error;
    setText(count, `${state.orders.length} 件${state.cutoffs.length ? `；每天派单截止：${state.cutoffs.join("、")}` : ""}`);
    empty.hidden = state.orders.length > 0 || state.loading;
    if (drawn !== state.orders) {
      drawn = state.orders;
      body.replaceChildren(...state.orders.map(row));
    }
    for (const each of body.children) each.setAttribute("aria-selected", String(each.dataset.number === state.open));
    showLetters(state.undelivered);
    tick();
  }

  function row(order) {
    const open = element("button", { class: "link", type: "button", text: order.number, onclick: () => orders.open(order.number) });
    const cells = [open, order.type, order.stage, [order.summary, order.address].filter(Boolean).join("；"), order.unit ?? "—", element("span", { class: "order-clock" }), order.assignee ?? order.owner ?? "智能助手"];
    return element("tr", { "data-number": order.number, "aria-selected": "false" }, ...cells.map((cell) => element("td", {}, typeof cell === "string" ? cell : cell)));
  }

  function showLetters(webhooks) {
    letters.hidden = webhooks.length === 0;
    letters.replaceChildren(
      ...webhooks.map((each) =>
        element("p", {}, icon("failed"), `工单 ${each.number} 没有发到对方系统（${each.last_error}），请打电话通知。 `, element("button", { class: "link", type: "button", text: "重新发送", onclick: () => retry(each) })),
      ),
    );
  }

  async function retry({ id, number }) {
    try {
      await api.retry(id);
      say(`正在重新发送工单 ${number}`);
      orders.hear();
    } catch (error) {
      say(error.message, "danger");
    }
  }

  function tick() {
    const { state } = orders;
    const moment = now();
    const red = redCount(state.leaving, moment) + state.undelivered.length;
    setText(badge, String(red));
    badge.hidden = red === 0;
    opener.title = red ? `${red} 件工单需要马上处理（Alt+O）` : "工单（Alt+O）";
    if (!state.shown) return;
    const known = new Map(state.orders.map((order) => [order.number, order]));
    for (const each of body.children) showClock(each, known.get(each.dataset.number), moment);
    detail.tick();
  }

  return {
    render,
    tick,
    toggle,
    open(number) {
      toggle(true);
      return orders.open(number);
    },
  };
}

function showClock(line, order, moment) {
  if (!order) return;
  const { level, sign, text } = clockOf(order, moment);
  const cell = line.querySelector(".order-clock");
  if (line.dataset.level !== level || !cell.firstChild) cell.replaceChildren(...(sign ? [icon(sign)] : []), element("span"));
  line.dataset.level = level;
  setText(cell.lastElementChild, text || order.state);
}
