// The work orders of the open conversation, and the way to a new one.

import { element } from "../shared/dom.js";
import { timeText } from "./words.js";

/** @param {{newOrder: () => void, openOrder: (number: string) => void}} parts */
export function createOrdersCard({ newOrder, openOrder }) {
  const list = element("ul", { class: "orders" });
  const file = element("button", { class: "button", type: "button", text: "新建工单", onclick: newOrder });
  const node = element("section", { class: "card orders-card" }, element("h3", { text: "工单" }), file, list);
  let drawn = null;
  return {
    node,
    render(orders, now) {
      if (drawn === orders) return;
      drawn = orders;
      list.replaceChildren(...(orders.length ? orders.map((order) => orderRow(order, now, openOrder)) : [element("li", { class: "empty", text: "没有工单" })]));
    },
  };
}

function orderRow(order, now, openOrder) {
  const times = [
    [order.dispatched_at, "派单"],
    [order.due_at, "应完成"],
  ].filter(([time]) => time);
  return element(
    "li",
    {},
    element("p", { class: "order-top" }, element("b", { text: order.type }), element("span", { text: `${order.handling} · ${order.state}` })),
    element("p", { text: [order.grade && `等级：${order.grade}`, order.summary, order.address, contactText(order), order.notes].filter(Boolean).join("；") }),
    element(
      "p",
      { class: "soft" },
      element("button", { class: "link", type: "button", text: order.number, onclick: () => openOrder(order.number) }),
      ...times.map(([time, name]) => ` · ${timeText(time, now)} ${name}`),
    ),
  );
}

function contactText({ contact_phone: phone, contact_time: time }) {
  return [phone && `电话${phone}`, time && `方便时间：${time}`].filter(Boolean).join("，");
}
