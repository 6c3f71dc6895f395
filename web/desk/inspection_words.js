// What the codes of inspections are called on the page.

export const WHY = { emergency: "险情", complaint: "投诉", breach: "超时", dissatisfied: "不满意" };
export const ORIGINS = { sample: "抽样", focus: "重点", chosen: "自选" };
export const STAGES = { drawn: "待评", scored: "已评未发布", published: "已发布", objected: "申诉中", decided: "申诉已处理" };
export const LINES = { message: "消息", prompt: "等待提示", note: "备注", warning: "超时预警", breach: "超时", move: "转移", fact: "经过" };

/** "98 分", "0 分（一票否决）", "—" before it was scored. */
export function scoreText(inspection) {
  if (!inspection || inspection.score === null) return "—";
  return `${inspection.score} 分${inspection.fatal ? "（一票否决）" : ""}`;
}

export function stageText(inspection) {
  return inspection ? (STAGES[inspection.stage] ?? inspection.stage) : "未质检";
}

export function whyText(why) {
  return why.map((each) => WHY[each] ?? each).join("、") || "—";
}

/** What was taken off for one item: "扣 4 分（2 次）". */
export function lostText({ points, times, fatal }) {
  if (fatal) return "不得分";
  return `扣 ${points * times} 分${times > 1 ? `（${times} 次）` : ""}`;
}
