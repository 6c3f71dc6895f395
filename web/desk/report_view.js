// 报表: volume, times, orders and satisfaction of some days, by day, week, agent, group, type or channel; and as a table.

import { element, setText } from "../shared/dom.js";
import { durationText } from "../shared/duration.js";
import { headOf, rowOf } from "../shared/table.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createLatest } from "./latest.js";
import { CHANNELS, personText } from "./words.js";

const BY = [["day", "按天", "日期"], ["week", "按周", "周（周一）"], ["agent", "按坐席", "坐席"], ["group", "按技能组", "技能组"], ["category", "按报修类型", "报修类型"], ["channel", "按渠道", "渠道"]];
const NOBODY = { agent: "没有坐席接待", group: "不分组", category: "未填", channel: "—" };

/** @param {{store: object, leadApi: object}} parts */
export function createReportTab({ store, leadApi }) {
  const days = createDayRange(load);
  const by = element("select", { "aria-label": "分组", onchange: load }, ...BY.map(([value, text]) => element("option", { value, text })));
  const download = element("a", { class: "button", text: "导出 CSV", download: "" });
  const status = element("p", { class: "soft", role: "status" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const hint = element("p", { class: "soft", text: "按会话开始的日期统计，不填日期时为最近 28 天。首次回复从转人工算起，自动问候和等待提示不算回复。" });
  const place = element("div", { class: "wide-table", tabindex: "0", role: "region", "aria-label": "报表" });
  const node = element("div", {}, element("div", { class: "lead-bar" }, by, ...days.nodes, download, status), hint, error, place);
  const reports = createLatest();

  function load() {
    const query = queryOf({ by: by.value, ...days.values() });
    download.href = `/api/service-report/table.csv?${query}`;
    setText(status, "正在统计…");
    return reports.ask(
      () => leadApi.serviceReport(query),
      draw,
      (problem) => fail(problem.message),
    );
  }

  function fail(text) {
    setText(error, text);
    error.hidden = false;
    setText(status, "");
    place.replaceChildren();
  }

  function draw({ by: what, rows, total, quick_seconds, limit_seconds }) {
    error.hidden = true;
    setText(status, total.conversations ? `共 ${total.conversations} 个会话` : "这段时间没有会话");
    const heads = [BY.find(([value]) => value === what)[2], ...columns(quick_seconds, limit_seconds).map(([text]) => text)];
    const lines = rows.map((row) => line(nameOf(what, row.name), row, quick_seconds, limit_seconds));
    const foot = element("tfoot", {}, line("合计", total, quick_seconds, limit_seconds));
    const table = element("table", { class: "table report-table" }, element("caption", { text: BY.find(([value]) => value === what)[1] }), headOf(heads), element("tbody", {}, ...lines), foot);
    place.replaceChildren(...(total.conversations ? [table] : []));
  }

  function nameOf(what, name) {
    if (!name) return NOBODY[what] ?? "—";
    if (what === "agent") return personText(store.state.staff.get(name) ?? { staff_id: name, name: "" });
    return what === "channel" ? (CHANNELS[name] ?? name) : name;
  }

  return { key: "report", label: "报表", leadOnly: true, node, open: load };
}

function columns(quick, limit) {
  const number = (key) => (row) => String(row[key]);
  const time = (key) => (row) => (row[key] === null ? "—" : durationText(Math.round(row[key])));
  const share = (key) => (row) => (row[key] === null ? "—" : `${Math.round(row[key])}%`);
  return [
    ["会话", number("conversations")],
    ["助手独立办结", number("by_assistant")],
    ["转人工", number("handed_over")],
    ["首次回复中位数", time("reply_median")],
    ["首次回复P95", time("reply_p95")],
    [`${quick} 秒内回复`, share("quick_percent")],
    [`${limit % 60 ? `${limit} 秒` : `${limit / 60} 分钟`}内回复`, share("limit_percent")],
    ["超时", number("breaches")],
    ["工单", number("orders")],
    ["评价数", number("graded")],
    ["满意度", (row) => (row.satisfaction === null ? "—" : row.satisfaction.toFixed(2))],
    ["险情", number("emergencies")],
    ["时长中位数", time("length_median")],
    ["时长P95", time("length_p95")],
  ];
}

function line(name, row, quick, limit) {
  return rowOf([name, ...columns(quick, limit).map(([, text]) => text(row))]);
}
