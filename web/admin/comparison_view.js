// The new model beside the live one: the gates, the figures, and every answer that changes.

import { element } from "../shared/dom.js";
import { headOf, rowOf } from "../shared/table.js";
import { ALARM_WORDS, chanceWords, changeWords, rangeWords, setName } from "./models_words.js";

/** @returns {HTMLElement[]} */
export function comparison(compared, run_id) {
  const { gates, sets, alarms, intents, changed, changed_in_all, shadow, dialogues, calibration } = compared;
  const figures = [...alarms, ...sets].filter(({ of }) => of);
  return [
    element("h3", { text: "发布前的检查" }),
    element("ul", { class: "findings" }, ...gates.map(gate)),
    element("h3", { text: "新旧模型对比" }),
    table("新旧模型对比", COLUMNS, figures.map((one) => [setName(one.name), ...compare(one)])),
    element("p", { class: "soft", text: "括号里是句数和 95% 可信范围。“偶然”是变化纯属偶然的可能性，低于 5% 才算真正的变化。" }),
    ...(intents.length ? [folded(`有变化的意图（${intents.length} 个，变差的在前）`, table("有变化的意图", ["意图", ...COLUMNS.slice(1)], intents.map((one) => [one.label, ...compare(one)])))] : []),
    ...(changed.length ? [folded(`理解有变化的句子（${changed_in_all} 句，变差的在前）`, table("理解有变化的句子", ["句子", "应该是", "现在的模型", "新模型", "结果"], changed.map((one) => [one.text, one.intent_label, one.live_label, one.candidate_label, verdict(one)])))] : []),
    ...(shadow ? [realMessages(shadow)] : []),
    ...(dialogues?.failed.length ? [folded(`走不通的对话（${dialogues.failed.length} 段，共 ${dialogues.of} 段）`, element("div", { class: "stack" }, ...dialogues.failed.map(dialogue)))] : []),
    ...(calibration ? [folded("把握是否可信", calibrated(calibration))] : []),
    ...(calibration ? [folded("新模型把什么听成了什么（图）", element("img", { class: "confusion", loading: "lazy", alt: "混淆矩阵：行是应有的意图，列是新模型听成的意图，颜色越深越多", src: `/api/training/runs/${run_id}/confusion.png` }))] : []),
  ];
}

const COLUMNS = ["测试", "现在的模型", "新模型", "变化（95% 可信范围）", "偶然"];

function compare(one) {
  return [rangeWords(one.live, one.of, one.live_range), rangeWords(one.candidate, one.of, one.candidate_range), changeWords(one), chanceWords(one.p)];
}

function realMessages({ of, messages, changed }) {
  const title = `真实消息中答复有变化的（${changed.length} 种，共 ${of} 种、${messages} 条）`;
  if (!changed.length) return element("p", { text: of ? `最近的 ${of} 种真实消息（${messages} 条），两个模型听成的都一样。` : "还没有可以比较的真实消息。" });
  const rows = changed.map((one) => [one.text, String(one.count), one.live_label, one.candidate_label, `${ALARM_WORDS[one.live_alarm]} → ${ALARM_WORDS[one.candidate_alarm]}`]);
  return folded(title, table("真实消息中答复有变化的", ["消息（已隐去个人信息）", "次数", "现在的模型", "新模型", "险情"], rows));
}

function dialogue({ name, problems }) {
  return element("div", {}, element("b", { text: name }), element("pre", { class: "diff", tabindex: "0", text: problems.join("\n") }));
}

/** How often the models were right when they were so sure: the nearer both are, the better. */
function calibrated({ live, candidate }) {
  const percent = (share) => `${Math.round(100 * share)}%`;
  const of = (bins, low) => bins.find((bin) => bin.low === low);
  const lows = [...new Set([...live.bins, ...candidate.bins].map(({ low }) => low))].sort((one, other) => one - other);
  const cell = (bin) => (bin ? `${percent(bin.accuracy)}（${bin.messages} 句）` : "—");
  const rows = lows.map((low) => [`${percent(low)}–${percent(low + 0.1)}`, cell(of(live.bins, low)), cell(of(candidate.bins, low))]);
  return table("把握是否可信", ["模型的把握", "现在的模型答对", "新模型答对"], [...rows, ["平均偏差", percent(live.error), percent(candidate.error)]]);
}

function gate({ passed, fixed, words, sentences }) {
  const mark = element("b", { text: passed ? "通过" : fixed ? "未通过（不能发布）" : "未通过（发布须写理由）" });
  const named = sentences.length && !passed ? element("ul", { class: "review-same" }, ...sentences.slice(0, 20).map((text) => element("li", { text }))) : null;
  return element("li", { class: `finding ${passed ? "passed" : fixed ? "stop" : "reason"}` }, mark, ` ${words}`, named);
}

function verdict({ better, live, intent }) {
  return better ? "变好" : live === intent ? "变差" : "仍不对";
}

function folded(title, content) {
  return element("details", {}, element("summary", { text: title }), content);
}

export function table(name, head, rows) {
  return element("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": name }, element("table", { class: "decided-table" }, headOf(head), element("tbody", {}, ...rows.map((row) => rowOf(row)))));
}
