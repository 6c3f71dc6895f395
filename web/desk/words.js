// What the codes of the protocol are called on the page.

export { PRESENCES, ROLES } from "../shared/staff_words.js";

export const CHANNELS = { web: "网页", telegram: "Telegram", wechat: "微信", wechat_kf: "微信客服" };
export const PRIORITIES = { emergency: "紧急", high: "优先", normal: "普通" };
export const SPEAKERS = { customer: "客户", bot: "智能助手", system: "系统" };
export const DELIVERIES = { pending: "发送中", sent: "已发送", delivered: "已送达", uncertain: "不确定是否送达", failed: "发送失败" };
export const ACCOUNT_STATES = { matched: "已匹配", not_matched: "不匹配", unknown: "未核对" };
export const EMERGENCY_STEPS = { address: "待问地址", confirm: "待确认地址", dispatched: "已派单", dismissed: "已解除" };
export const EMERGENCY_KINDS = {
  indoor_leak: "室内泄漏",
  corridor_leak: "楼道泄漏",
  outdoor_leak: "室外泄漏",
  carbon_monoxide: "一氧化碳中毒",
  fire: "着火、爆炸",
};

/** 报修类型 (S0). */
export const ORDER_TYPES = [
  "咨询",
  "报数",
  "室内泄漏",
  "室外报险",
  "炉具使用问题",
  "录单点火",
  "录单改装",
  "录单热水器改装",
  "派单",
  "投诉",
  "建议",
  "其他",
];

export function ownerText({ owner, staff_id, offline }) {
  if (owner === "agent") return `工号 ${staff_id}`;
  if (offline && owner === "queue") return "离线留言";
  return { bot: "智能助手", queue: "排队中", closed: "已结束", gone: "已转出或结束" }[owner] ?? owner;
}

export function personText({ staff_id, name }) {
  return name ? `${staff_id} ${name}` : staff_id;
}

/** "17:05:09", with the date when it was another day than `now`; "" for no time. */
export function timeText(iso, now) {
  const date = new Date(iso ?? NaN);
  if (Number.isNaN(date.getTime())) return "";
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
  const sameDay = date.toDateString() === now.toDateString();
  return sameDay ? time : `${date.getMonth() + 1}月${date.getDate()}日 ${time}`;
}
