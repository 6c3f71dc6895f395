// A published sheet as it is read: score, what was taken off, comment, objection and what became of it, history.

import { element } from "../shared/dom.js";
import { headOf, rowOf } from "../shared/table.js";
import { lostText, ORIGINS, scoreText, stageText } from "./inspection_words.js";
import { timeText } from "./words.js";

/** @param {{clock: object, inspection: object, history: object[], rules: object}} parts */
export function createResult({ clock, inspection, history, rules }) {
  const { deductions, comment, origin, inspector } = inspection;
  const head = element("p", { class: "sheet-total", text: `得分 ${scoreText(inspection)}（满分 ${rules.full_marks} 分）` });
  const facts = element("p", { class: "soft", text: `${stageText(inspection)} · ${ORIGINS[origin]} · 质检员工号 ${inspector ?? "—"}` });
  const said = comment ? element("p", { text: `评语：${comment}` }) : null;
  return element("div", { class: "sheet-result" }, head, facts, deductionTable(deductions), said, ...objection(clock, inspection), versions(clock, history));
}

function deductionTable(deductions) {
  if (!deductions.length) return element("p", { text: "没有扣分。" });
  const rows = deductions.map((each) => rowOf([each.name, lostText(each), each.remark || "—"]));
  return element("table", { class: "table" }, element("caption", { class: "sr-only", text: "扣分项" }), headOf(["评分项", "扣分", "说明"]), element("tbody", {}, ...rows));
}

function objection(clock, { objection: said, objected_at, decision, decided_by, decided_at }) {
  const time = (at) => timeText(at, clock.now());
  return [
    said ? element("p", { class: "objection", text: `坐席申诉（${time(objected_at)}）：${said}` }) : null,
    decision ? element("p", { class: "objection", text: `处理结果（工号 ${decided_by}，${time(decided_at)}）：${decision}` }) : null,
  ];
}

function versions(clock, history) {
  const rows = history.map(({ at, staff_id, what, score, deductions }) => {
    const lost = deductions.map((each) => `${each.name} ${lostText(each)}`).join("；");
    return element("li", { text: `${timeText(at, clock.now())} 工号 ${staff_id} ${what}${score === null ? "" : `，${score} 分`}${lost ? `（${lost}）` : ""}` });
  });
  return element("details", { class: "versions" }, element("summary", { text: `修改记录（${history.length}）` }), element("ol", {}, ...rows));
}
