// The new model beside the live one: the gates, the figures, and every answer that changes.

import { element } from "../shared/dom.js";
import { changeWords, setName, shareWords } from "./models_words.js";

const SHOWN = 50;

/** @returns {HTMLElement[]} */
export function comparison({ gates, sets, alarms, intents, changed, changed_in_all }) {
  const figures = [...alarms, ...sets].filter(({ of }) => of);
  return [
    element("h3", { text: "发布前的检查" }),
    element("ul", { class: "findings" }, ...gates.map(gate)),
    element("h3", { text: "新旧模型对比" }),
    table("新旧模型对比", ["测试", "现在的模型", "新模型", "变化（95% 可信范围）"], figures.map((one) => [setName(one.name), shareWords(one.live, one.of), shareWords(one.candidate, one.of), changeWords(one)])),
    ...(intents.length ? [folded(`有变化的意图（${intents.length} 个，变差的在前）`, table("有变化的意图", ["意图", "现在的模型", "新模型", "变化（95% 可信范围）"], intents.map((one) => [one.label, shareWords(one.live, one.of), shareWords(one.candidate, one.of), changeWords(one)])))] : []),
    ...(changed.length ? [folded(`理解有变化的句子（${changed_in_all} 句，变差的在前）`, table("理解有变化的句子", ["句子", "应该是", "现在的模型", "新模型", "结果"], changed.slice(0, SHOWN).map((one) => [one.text, one.intent_label, one.live_label, one.candidate_label, verdict(one)])))] : []),
  ];
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
  const cells = ([first, ...rest]) => element("tr", {}, element("th", { scope: "row", text: first }), ...rest.map((text) => element("td", { text })));
  const headings = element("tr", {}, ...head.map((text) => element("th", { scope: "col", text })));
  return element("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": name }, element("table", { class: "decided-table" }, element("thead", {}, headings), element("tbody", {}, ...rows.map(cells))));
}
