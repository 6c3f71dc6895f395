// 满意度: what customers answered when they were asked, by agent, type of case and week; and the whole as a table.

import { element, setText } from "../shared/dom.js";
import { headOf, rowOf } from "../shared/table.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createLatest } from "./latest.js";
import { personText } from "./words.js";

const FIGURES = ["询问", "评价", "评价率", "平均分"];

/** @param {{store: object, leadApi: object}} parts */
export function createSatisfactionTab({ store, leadApi }) {
  const days = createDayRange(load);
  const download = element("a", { class: "button", text: "导出 CSV", download: "" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const total = element("p", { class: "soft", role: "status" });
  const parts = element("div", { class: "report" });
  const hint = element("p", { class: "soft", text: "按询问的日期统计，不填日期时为最近 28 天；5 分最满意。" });
  const node = element("div", {}, element("div", { class: "lead-bar" }, ...days.nodes, download, total), hint, error, parts);
  const reports = createLatest();

  function load() {
    const query = queryOf(days.values());
    download.href = `/api/survey-report/table.csv${query ? `?${query}` : ""}`;
    return reports.ask(() => leadApi.surveyReport(query), draw, fail);
  }

  function fail({ message }) {
    setText(error, message);
    error.hidden = false;
    setText(total, "");
    parts.replaceChildren();
  }

  function draw({ total: all, agents, categories, weeks, reasons }) {
    error.hidden = true;
    setText(total, all.asked ? totalText(all) : "这段时间没有询问过客户");
    const named = (name) => personText(store.state.staff.get(name) ?? { staff_id: name, name: "" });
    const tables = [
      table("按坐席", "坐席", agents, named),
      table("按报修类型", "报修类型", categories, (name) => name || "未填"),
      table("按周", "周（周一）", weeks, (name) => name),
      reasonTable(reasons),
    ];
    parts.replaceChildren(...(all.asked ? tables : []));
  }

  return { key: "satisfaction", label: "满意度", leadOnly: true, node, open: load };
}

function table(title, head, rows, nameOf) {
  return tableOf(title, [head, ...FIGURES], rows.map((row) => [nameOf(row.name), ...figures(row)]));
}

function reasonTable(reasons) {
  const rows = reasons.map(({ text, count }) => [text, String(count)]);
  return tableOf("不满意的原因", ["原因", "次数"], rows.length ? rows : [["没有客户写原因", "—"]]);
}

function tableOf(title, heads, rows) {
  return element("table", { class: "table" }, element("caption", { text: title }), headOf(heads), element("tbody", {}, ...rows.map((row) => rowOf(row))));
}

function figures({ asked, answered, average }) {
  return [String(asked), String(answered), `${Math.round((100 * answered) / asked)}%`, average === null ? "—" : average.toFixed(2)];
}

function totalText(all) {
  const [asked, answered, share, average] = figures(all);
  return `询问 ${asked} 次，评价 ${answered} 次（${share}）${all.answered ? `，平均 ${average} 分` : ""}`;
}
