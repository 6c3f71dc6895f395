// One message in full: why it is here, who of the staff pointed at it, what the assistant took it for, what can be done.

import { element } from "../shared/dom.js";
import { momentWords } from "../shared/times.js";

const GRAVE = new Set(["screen_only", "model_only"]);

export function reasonsOf(item) {
  return item.reasons.flatMap(({ code, words }, place) => [place ? "、" : null, element("span", { class: GRAVE.has(code) && "grave", text: words })]);
}

/** @param {{accept: Function, picker: {node: HTMLElement}, divide: () => void, fresh: () => void, reject: () => void, undo: (() => void) | null}} acts */
export function itemDetail(item, { accept, picker, divide, fresh, reject, undo }, now) {
  const guesses = item.guesses.map(({ intent, label, confidence }, place) =>
    element("button", { class: place ? "button" : "button primary", type: "button", onclick: () => accept({ name: intent, label }) }, element("kbd", { text: String(place + 1) }), `${label}　${Math.round(confidence * 100)}%`),
  );
  const same = item.others.length ? [element("p", { class: "soft", text: `还有 ${item.others.length} 种相近的说法，会一起处理：` }), element("ul", { class: "review-same" }, ...item.others.map(({ text }) => element("li", { text })))] : [];
  const button = (text, onclick) => element("button", { class: "button", type: "button", text, onclick, disabled: !onclick });
  return [
    element("p", { class: "review-text", text: item.text }),
    element("p", { class: "review-reasons" }, "为什么在这里：", ...reasonsOf(item), `。共 ${item.count} 次，最近 ${momentWords(item.last_at, now)}。`),
    ...(item.flags.length ? [element("ul", { class: "review-flags", "aria-label": "同事的说明" }, ...item.flags.map((flag) => element("li", { text: flagWords(flag, now) })))] : []),
    ...(item.held_by ? [element("p", { class: "notice-box", text: `工号 ${item.held_by} 正在处理这条，请先看别的；对方几分钟不操作会自动放开。` })] : []),
    ...same,
    element("h3", { text: guesses.length ? "用户想说的是（百分数是当前模型的把握）" : "用户想说的是（模型没有建议）" }),
    element("div", { class: "review-choices" }, ...guesses, picker.node),
    element("div", { class: "review-acts" }, button("拆成几句、标记词语（S）", divide), button("是一件新的事（N）", fresh), button("不用于训练（X）", reject), button("撤销上一步（U）", undo)),
    element("p", { class: "review-keys", text: "手机号、户号、门牌和姓名已换成统一的代替内容。" }),
  ];
}

function flagWords({ staff_id, at, why, by_note }, now) {
  const what = by_note ? "在备注里写道" : "标记";
  return `工号 ${staff_id}（${momentWords(at, now)}）${what}${why ? `：${why}` : "，没有写原因"}`;
}
