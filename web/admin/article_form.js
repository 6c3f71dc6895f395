// One article of the knowledge base, or a new one.

import { element } from "../shared/dom.js";
import { linesOf, wordsOf } from "./texts_state.js";

/** @param {{one: object | null, known: {categories: string[]}, changed: () => void}} parts */
export function createArticleForm({ one, known, changed }) {
  const question = input("用户会怎么问（标题，最多 40 字）", one?.question, { maxlength: "40" });
  const wordings = area("别的问法（一行一种）", (one?.wordings ?? []).join("\n"), 5);
  const answer = area("回答（空一行就是另一个气泡，每个气泡 120 字以内）", one?.answer, 6);
  const keywords = input("关键词（用顿号或空格分开）", (one?.keywords ?? []).join("、"));
  const category = field("分类", element("select", { oninput: changed }, ...known.categories.map((name) => element("option", { value: name, text: name, selected: name === one?.category }))));
  const from = input("从哪天起有效（可不填）", one?.valid_from, { type: "date" });
  const to = input("到哪天为止（可不填）", one?.valid_to, { type: "date" });
  const source = input("依据（文件、条款，给以后核对的人看）", one?.source, { maxlength: "200" });
  const hint = element("p", { class: "soft", text: "公司的电话、价格、期限不要直接写数字，请写成 {hotline} 这样，检查时会提示。" });
  const node = element("div", { class: "stack" }, element("h3", { text: one ? one.question : "新增文章" }), question, wordings, answer, hint, keywords, category, element("div", { class: "dates" }, from, to), source);
  const made = `own-${Date.now().toString(36)}`;
  const valueOf = (label) => label.querySelector("input, textarea, select").value.replaceAll("\r\n", "\n").trim();

  function field(text, control) {
    return element("label", { class: "field" }, element("span", { text }), control);
  }

  function input(text, value, more = {}) {
    const control = element("input", { oninput: changed, ...more });
    control.value = value ?? "";
    return field(text, control);
  }

  function area(text, value, rows) {
    const control = element("textarea", { rows: String(rows), maxlength: "3000", oninput: changed });
    control.value = value ?? "";
    return field(text, control);
  }

  return {
    node,
    key: () => one?.id ?? made,
    value: () => ({
      question: valueOf(question),
      wordings: linesOf(valueOf(wordings)),
      answer: valueOf(answer),
      keywords: wordsOf(valueOf(keywords)),
      category: valueOf(category),
      refines: one?.refines ?? [],
      follows: one?.follows ?? [],
      follow_ups: one?.follow_ups ?? [],
      valid_from: valueOf(from),
      valid_to: valueOf(to),
      source: valueOf(source),
    }),
    focus: () => question.querySelector("input").focus(),
  };
}
