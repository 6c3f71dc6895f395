// What an order lets a person do, and what its fields are called.

export const HANDLINGS = ["电话处理", "转维修", "转运维", "转分公司"];
export const URGENCIES = ["普通", "紧急", "简单咨询"];
export const GRADES = ["一般", "有影响", "严重", "媒体参与"];
export const STATES = { open: "未完成", leaving: "待派出", overdue: "已超期", due: "今天到期", extension: "申请延期", done: "已完成", "": "全部" };
export const WEBHOOK_STATES = { waiting: "发送中", delivered: "对方已收到", dead: "没有发到" };

const UNDERWAY = ["已派单", "处理中"];

/**
 * @param {object} order
 * @param {{role: string}} me
 * @returns {string[]} names of the acts that fit, in the order they are offered
 */
export function actsOf(order, me) {
  const open = order.state === "未完成";
  const underway = UNDERWAY.includes(order.stage);
  const acts = [];
  if (open && !underway) acts.push("dispatch");
  if (underway) acts.push("report");
  if (!underway && order.stage !== "已归档") acts.push("answer");
  if (!open && order.stage !== "已归档") acts.push("archive");
  acts.push("note");
  if (open) acts.push("assign");
  if (underway) acts.push("redirect", "link");
  if (open && order.due_at && !order.extension) acts.push("extend");
  if (order.extension && me?.role === "lead") acts.unshift("decide");
  acts.push("edit", "print");
  return acts;
}

export const ACT_NAMES = {
  dispatch: "派单",
  report: "登记结果",
  answer: "答复用户",
  archive: "归档",
  note: "加备注",
  assign: "转同事跟进",
  redirect: "改派",
  link: "反馈链接",
  extend: "申请延期",
  decide: "审批延期",
  edit: "修改",
  print: "打印",
};
