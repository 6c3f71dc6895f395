// A customer's card in words.

import { CHANNELS, ownerText, PRESENCES } from "./words.js";

export const FIELDS = { account_number: "户号", holder: "户主姓名", phone: "联系电话", address: "地址" };

const STATES = { matched: "已核对", not_matched: "核对不一致", unknown: "未核对" };

/** "已核对（智能助手）" */
export function matchText({ state, by }) {
  const who = by === "assistant" ? "智能助手" : `工号 ${by}`;
  return state === "unknown" || !by ? STATES[state] : `${STATES[state]}（${who}）`;
}

export function beforeText(before) {
  return before ? `${dayText(before.at)}核对过 ${before.number}；是不是本人，本次还要核对。` : "";
}

/** @returns {[string, string][]} */
export function accountPairs(account) {
  const { last_reading: last, readings, arrears_since: since } = account;
  const owed = Number(account.balance_yuan) < 0;
  const reported = readings.map(({ value_m3, at }) => `${value_m3}（${dayText(at)}）`);
  return [
    [owed ? "欠费" : "余额", `${account.balance_yuan.replace("-", "")} 元${owed && since ? `（自 ${since}）` : ""}`],
    ["抄表", `${last.value_m3} 立方米（${last.on}）`],
    ...(reported.length ? [["用户报数", reported.join("，")]] : []),
    ["月均用气", `${account.monthly_average_m3} 立方米`],
    ["表具", account.meter_kind === "ic_card" ? "IC 卡表" : "普通表"],
    ["用气", [account.customer_class === "commercial" ? "非居民" : "居民", account.gas_on ? "已通气" : "未通气", account.contract_signed ? "已签供用气协议" : "未签供用气协议", account.direct_debit ? "银行代扣" : ""].filter(Boolean).join("，")],
  ];
}

/** "网页、微信（2 个渠道已关联）" */
export function channelsText(contacts) {
  const names = [...new Set(contacts.map(({ channel }) => CHANNELS[channel] ?? channel))].join("、");
  return contacts.length > 1 ? `${names}（${contacts.length} 个渠道已关联）` : names;
}

/** "11月20日 微信 · 报数 · 工号 101" */
export function pastText(past, staff = new Map()) {
  const who = past.owner === "closed" ? (past.staff_id ? `工号 ${past.staff_id}` : "智能助手") : `进行中：${ownerText(past)}${presenceOf(past, staff)}`;
  return [`${dayText(past.opened_at)} ${CHANNELS[past.channel] ?? past.channel}`, past.category, who].filter(Boolean).join(" · ");
}

function presenceOf({ owner, staff_id }, staff) {
  const presence = owner === "agent" && staff.get(staff_id)?.presence;
  return presence ? `（${PRESENCES[presence]}）` : "";
}

export function dayText(iso) {
  const date = new Date(iso);
  return `${date.getMonth() + 1}月${date.getDate()}日`;
}
