// 质检成绩: scores by agent and by week, the commonest faults, the whole as a table; and objections to be decided.

import { element, setText } from "../shared/dom.js";
import { headOf, rowOf } from "../shared/table.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createInspectionList } from "./inspection_list.js";
import { createInspectionPages } from "./inspection_pages.js";
import { STAGES } from "./inspection_words.js";
import { personText } from "./words.js";

const FIGURES = ["抽样", "抽样平均分", "月度考核分", "重点和自选", "其平均分", "一票否决", "申诉"];
const FILTERS = ["objected", "published", "decided"];

/** @param {{clock: object, store: object, api: object, drafts: object}} parts `api`: see inspection_api.js; `drafts`: inspection_drafts.js */
export function createScoresTab({ clock, store, api, drafts }) {
  const days = createDayRange(load);
  const download = element("a", { class: "button", text: "导出 CSV", download: "" });
  const stage = element("select", { "aria-label": "质检状态", onchange: load }, element("option", { value: "", text: "所有状态" }), ...FILTERS.map((value) => element("option", { value, text: STAGES[value] })));
  const status = element("p", { class: "soft", role: "status" });
  const pages = createInspectionPages({ record: { clock, store, api, drafts }, load, focus: () => rows.focus() });
  const parts = element("div", { class: "scores" });
  const rows = createInspectionList({ clock, store, title: "已发布的质检", open: pages.show });
  const hint = element("p", { class: "soft", text: "按会话结束的日期统计，不填日期时为最近 31 天。平均分只算抽样的会话；重点和自选的会话另算，不拉低平均分。" });
  pages.fill(element("div", { class: "lead-bar" }, ...days.nodes, stage, download, status), hint, pages.error, rows.node, parts);

  async function load() {
    const query = queryOf(days.values());
    download.href = `/api/inspections/table.csv${query ? `?${query}` : ""}`;
    await pages.ask(
      () => Promise.all([api.scores(query), api.published(queryOf({ ...days.values(), stage: stage.value }))]),
      ([scores, { inspections }]) => {
        rows.draw(inspections);
        draw(scores);
      },
    );
  }

  function draw({ total, agents, weeks, both, faults }) {
    const count = total.sampled + total.picked;
    setText(status, count ? `质检 ${count} 次，抽样 ${total.sampled} 次${total.average === null ? "" : `，平均 ${total.average} 分`}` : "这段时间没有已发布的质检");
    const named = (id) => personText(store.state.staff.get(id) ?? { staff_id: id, name: "" });
    const tables = [
      table("按坐席", ["坐席", ...FIGURES], agents.map((each) => [named(each.name), ...figures(each)])),
      table("按周", ["周（周一）", ...FIGURES], weeks.map((each) => [each.name, ...figures(each)])),
      table("按坐席和周", ["坐席", "周（周一）", ...FIGURES], both.map((each) => [named(each.agent), each.week, ...figures(each)])),
      table("常见扣分项", ["评分项", "次数", "扣分"], faults.map(({ name, times, points }) => [name, String(times), String(points)])),
    ];
    parts.replaceChildren(...(count ? tables : []));
  }

  return { key: "scores", label: "质检成绩", leadOnly: true, node: pages.node, open: () => (pages.listed ? load() : null) };
}

function table(title, heads, rows) {
  return element("table", { class: "table" }, element("caption", { text: title }), headOf(heads), element("tbody", {}, ...rows.map((row) => rowOf(row))));
}

function figures({ sampled, average, month_points, picked, picked_average, fatal, objected }) {
  const given = (value) => (value === null ? "—" : String(value));
  return [sampled, average, month_points, picked, picked_average, fatal, objected].map(given);
}
