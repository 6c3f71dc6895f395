// 质检: what the inspector has before him — drawn by rule, to be looked at first, or all — and one conversation of it.

import { element, setText } from "../shared/dom.js";
import { headOf } from "../shared/table.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createInspectionPages } from "./inspection_pages.js";
import { ORIGINS, scoreText, stageText, whyText } from "./inspection_words.js";
import { CHANNELS, ORDER_TYPES, personText, timeText } from "./words.js";

const COLUMNS = ["结束时间", "坐席", "渠道", "报修类型", "重点", "用户评价", "来源", "状态", "得分", ""];
const POOLS = [["sample", "抽样"], ["focus", "重点"], ["all", "全部会话"]];
const DONE = [["false", "未评"], ["true", "已评"], ["", "未评和已评"]];

/** @param {{clock: object, store: object, api: object, drafts: object}} parts `api`: see inspection_api.js; `drafts`: inspection_drafts.js */
export function createInspectionTab({ clock, store, api, drafts }) {
  const days = createDayRange(load);
  const pool = choice("范围", POOLS, load);
  const done = choice("是否已评", DONE, load);
  const staff = choice("坐席", [["", "所有坐席"]], load);
  const category = choice("报修类型", [["", "所有类型"], ...ORDER_TYPES.map((type) => [type, type])], load);
  const score = element("input", { type: "number", class: "number", min: "0", max: "100", "aria-label": "得分不高于", placeholder: "得分≤", onchange: load });
  const month = element("input", { type: "month", "aria-label": "抽样月份" });
  const drawButton = element("button", { class: "button primary", type: "button", text: "抽取样本", onclick: draw });
  const rule = element("p", { class: "soft" });
  const status = element("p", { class: "soft", role: "status" });
  const pages = createInspectionPages({ record: { clock, store, api, drafts }, load, focus: focusOn });
  const body = element("tbody");
  const table = element("table", { class: "table inspections" }, element("caption", { class: "sr-only", text: "可质检的会话" }), headOf(COLUMNS), body);
  const drawing = element("div", { class: "lead-bar" }, month, drawButton, rule);
  const filters = element("div", { class: "lead-bar" }, pool, done, staff, category, score, ...days.nodes, status);
  const wide = element("div", { class: "wide-table", tabindex: "0", role: "region", "aria-label": "会话列表" }, table);
  pages.fill(drawing, filters, pages.error, wide);

  async function load() {
    const query = queryOf({ ...days.values(), pool: pool.value, done: done.value, staff_id: staff.value, category: category.value, score_up_to: score.value });
    await pages.ask(
      () => api.cases(query),
      ({ cases, more }) => {
        body.replaceChildren(...cases.map(row));
        setText(status, cases.length ? `共 ${cases.length} 个${more ? "，只列出最近的，请缩小范围" : ""}` : emptyText());
      },
    );
  }

  const emptyText = () => (pool.value === "sample" && done.value === "false" ? "没有待评的样本；可以先抽取样本" : "没有符合条件的会话");

  function row({ conversation_id, staff_id, closed_at, category: type, channel, why, satisfaction, inspection }) {
    const cells = [
      nameOf(staff_id),
      CHANNELS[channel] ?? channel,
      type || "未填",
      whyText(why),
      satisfaction ? `${satisfaction} 分` : "—",
      inspection ? ORIGINS[inspection.origin] : "—",
      stageText(inspection),
      scoreText(inspection),
    ].map((text) => element("td", { text }));
    const time = timeText(closed_at, clock.now());
    const look = element("button", { class: "button", type: "button", text: inspection && inspection.stage !== "drawn" ? "查看" : "质检", "aria-label": `质检 ${time} 结束的会话`, "data-id": conversation_id, onclick: () => pages.show(conversation_id) });
    return element("tr", {}, element("th", { scope: "row", text: time }), ...cells, element("td", {}, look));
  }

  async function draw() {
    try {
      const { drawn } = await api.draw(month.value);
      [pool.value, done.value] = ["sample", "false"];
      await load();
      setText(status, drawn ? `抽取了 ${drawn} 个会话` : "这个月到今天该抽的都已抽取，没有新的样本");
    } catch (problem) {
      pages.fail(problem.message);
    }
  }

  function focusOn(lastId) {
    ([...body.querySelectorAll("[data-id]")].find(({ dataset }) => dataset.id === lastId) ?? pool).focus();
  }

  async function open() {
    if (staff.options.length === 1) {
      const serving = [...store.state.staff.values()].filter(({ role }) => ["agent", "lead"].includes(role));
      staff.append(...serving.map((person) => option(person.staff_id, personText(person))));
    }
    month.value ||= monthOf(clock.now());
    if (!pages.listed) return;
    await load();
    const rules = await api.rules().catch(() => null); // the list says what is wrong
    if (rules) setText(rule, `每人每月 ${rules.per_agent_month} 个，按已过的天数随机抽取，抽过的不再抽。`);
  }

  const nameOf = (id) => personText(store.state.staff.get(id) ?? { staff_id: id, name: "" });

  return { key: "inspect", label: "质检", node: pages.node, open, show: pages.show };
}

function choice(label, options, changed) {
  return element("select", { "aria-label": label, onchange: changed }, ...options.map(([value, text]) => option(value, text)));
}

function option(value, text) {
  return element("option", { value, text });
}

function monthOf(now) {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
}
