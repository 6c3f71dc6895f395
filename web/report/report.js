// What a field worker's page shows of an order, and what may still be done. Draws nothing.

/** @param {object} order as /api/field/order answers */
export function stepsOf(order) {
  const reported = order.reported_at !== null && !["已派单", "处理中"].includes(order.stage);
  return {
    arrive: order.stage === "已派单",
    report: ["已派单", "处理中"].includes(order.stage),
    text: reported ? `结果已提交：${order.state === "已完成" ? "已解决" : "没有解决"}。谢谢！` : order.stage === "处理中" ? "已到现场，处理完请提交结果。" : "请到现场后点“我已到现场”。",
  };
}

/** @returns {[string, string, string?][]} name, value, and where it leads (a telephone number) */
export function factsOf(order, words) {
  const phone = order.contact_phone.replace(/[^\d+]/g, "");
  return [
    ["工单号", order.number],
    ["类型", [order.type, order.urgency === "紧急" ? "紧急" : ""].filter(Boolean).join(" · ")],
    ["地址", order.address],
    ["内容", order.summary],
    ["联系电话", order.contact_phone, phone.length >= 5 ? `tel:${phone}` : undefined],
    ["方便时间", order.contact_time],
    ["期限", words(order.due_at)],
    ["备注", order.notes],
    ["处理情况", order.result],
  ].filter(([, value]) => value);
}
