// Checking and saving one text: what is wrong with it, how a customer will see it, what changes in the files.

import { element, setText } from "../shared/dom.js";
import { askReason } from "./reason_dialog.js";

const LEVELS = { stop: "必须解决", reason: "需要说明", notice: "提示" };

/**
 * @param {object} parts
 * @param {string} parts.kind article, response or intent
 * @param {{node: HTMLElement, key: () => string, value: () => object}} parts.form
 * @param {Function} parts.request
 * @param {number} parts.patience milliseconds
 * @param {(told: string) => Promise<void>} parts.saved
 * @param {() => void} parts.leave
 */
export function createEditPanel({ kind, form, request, patience, saved, leave }) {
  const news = element("p", { role: "status" });
  const result = element("div", { class: "stack" });
  const check = element("button", { class: "button primary", type: "button", text: "检查并预览", onclick: look });
  const away = element("button", { class: "button", type: "button", text: "取消", onclick: leave });
  let seen = null;
  form.node.addEventListener("input", () => ((seen = null), result.replaceChildren(), setText(news, "")));
  return element("div", { class: "stack" }, form.node, element("div", { class: "review-acts" }, check, away), news, result);

  async function look() {
    await attempt("正在检查…", async () => {
      const body = { kind, key: form.key(), [kind]: form.value() };
      const looked = await request("POST", "/training/texts/check", body, patience);
      seen = { body, ...looked };
      setText(news, "");
      result.replaceChildren(...report(seen));
    });
  }

  function report({ findings, shown, diff, changed, stopped }) {
    const list = findings.map(({ level, text, words }) => element("li", { class: `finding ${level}` }, element("b", { text: LEVELS[level] }), text ? `“${text}”` : null, ` ${words}`));
    const save = element("button", { class: "button primary", type: "button", text: "保存", disabled: stopped || !changed, onclick: write });
    return [
      ...(list.length ? [element("ul", { class: "findings", "aria-label": "检查结果" }, ...list)] : [element("p", { class: "good", text: "检查通过，没有发现问题。" })]),
      element("h3", { text: "用户看到的样子" }),
      ...shown.map(bubbles),
      element("details", {}, element("summary", { text: "查看文件差异（给技术人员）" }), element("pre", { class: "diff", tabindex: "0", text: diff })),
      changed ? null : element("p", { class: "soft", text: "和现在的一样，没有改动。" }),
      element("p", {}, save),
    ].filter(Boolean);
  }

  async function write() {
    const { body, token, needs_reason, at_once } = seen;
    const words = [at_once ? "保存后马上生效。" : "保存后，训练并发布新模型才生效。"];
    const reason = await askReason({ title: "保存修改", words, button: "保存", required: needs_reason });
    if (reason === null) return;
    await attempt("正在保存…", async () => {
      await request("POST", "/training/texts", { ...body, token, reason }, patience);
      await saved(at_once ? "已保存，已经生效。要撤回，请到“训练与发布 → 以前的变更”。" : "已保存。下一步：到“训练与发布”里训练、发布。要撤回，也在那里的“以前的变更”。");
    });
  }

  async function attempt(doing, work) {
    setText(news, doing);
    check.disabled = true;
    try {
      await work();
    } catch (error) {
      setText(news, error.message);
    } finally {
      check.disabled = false;
    }
  }
}

function bubbles({ bubbles: texts, buttons }) {
  const taps = buttons.length ? [element("p", { class: "preview-buttons" }, ...buttons.map((title) => element("span", { text: title })))] : [];
  return element("div", { class: "preview", role: "group", "aria-label": "用户看到的样子" }, ...texts.map((text) => element("p", { class: "preview-bubble", text })), ...taps);
}
