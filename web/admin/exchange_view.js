// Examples in and out as files: checked row by row first; one mistake, and nothing is taken.

import { element, setText } from "../shared/dom.js";
import { headOf, rowOf } from "../shared/table.js";

const PATIENCE_MS = 120_000; // thousands of sentences are compared
const KINDS = { xlsx: "Excel（.xlsx）", csv: "CSV（.csv）", yml: "Rasa（.yml，给技术人员）" };
const HOW_IN = "支持 Excel（.xlsx）、CSV 和 Rasa 的 .yml。第一行写“句子、意图”，从第二行起每行一句；意图写名称，例如“缴费方式”。";
const HOW_SAFE = "先逐行检查，有一处问题就一句也不导入。个人信息会自动换成代替内容。导入后等同于已标注，还要到“训练与发布”里看差异、写入。";

/** @param {{request: Function, changed: () => Promise<void>}} parts */
export function createExchangeView({ request, changed }) {
  const news = element("p", { role: "status" });
  const found = element("div", { class: "stack" });
  const file = element("input", { type: "file", accept: ".xlsx,.csv,.yml,.yaml", onchange: check });
  const into = element("section", { class: "panel", "aria-labelledby": "import-title" }, element("h3", { id: "import-title", text: "导入" }), element("p", { text: HOW_IN }), element("p", { class: "soft", text: HOW_SAFE }), element("label", { class: "field" }, element("span", { text: "选择文件" }), file), news, found);
  const links = Object.entries(KINDS).map(([kind, text]) => element("a", { class: "button", href: `/api/training/export?kind=${kind}`, download: "", text }));
  const out = element("section", { class: "panel", "aria-labelledby": "export-title" }, element("h3", { id: "export-title", text: "导出全部例句" }), element("p", { class: "soft", text: "可以在 Excel 里查看、补充，再从上面导入：已有的句子会自动跳过。" }), element("div", { class: "review-acts" }, ...links));
  const healthNews = element("div", { class: "stack", role: "status" });
  const examine = element("button", { class: "button", type: "button", text: "开始体检", onclick: look });
  const health = element("section", { class: "panel", "aria-labelledby": "health-title" }, element("h3", { id: "health-title", text: "训练数据体检" }), element("p", { class: "soft", text: "检查全部例句：不同意图里几乎相同的话、例句过多或过少的意图、和测试句几乎相同的话。约半分钟，不影响接待。" }), element("p", {}, examine), healthNews);
  const node = element("div", { class: "stack", hidden: true }, into, out, health);

  async function look() {
    examine.disabled = true;
    healthNews.replaceChildren(element("p", { text: "正在检查…" }));
    try {
      const { lines } = await request("GET", "/training/health", undefined, PATIENCE_MS);
      healthNews.replaceChildren(element("ul", { class: "findings" }, ...lines.map((text) => element("li", { class: "finding", text }))));
    } catch (error) {
      healthNews.replaceChildren(element("p", { text: error.message }));
    } finally {
      examine.disabled = false;
    }
  }

  async function check() {
    const [chosen] = file.files;
    found.replaceChildren();
    if (!chosen) return;
    setText(news, "正在检查…");
    await work(async () => {
      const looked = await send("/training/import/check", chosen);
      setText(news, "");
      found.replaceChildren(...report(looked, chosen));
    });
  }

  function report({ count, examples, problems, problem_count, notices, token }, chosen) {
    const told = notices.length ? [element("details", {}, element("summary", { text: `${notices.length} 处说明` }), remarks(notices))] : [];
    if (problem_count) return [element("p", { class: "bad", text: `有 ${problem_count} 处需要先改正，一句也没有导入。请在文件里改好，再选一次。` }), remarks(problems), ...told];
    if (!count) return [element("p", { text: "没有新的句子可以导入。" }), ...told];
    const list = examples.map(({ label, text }) => element("li", {}, element("b", { text: label }), `　${text}`));
    const more = count > examples.length ? `（只显示前 ${examples.length} 句）` : "";
    const yes = element("button", { class: "button primary", type: "button", text: `导入这 ${count} 句`, onclick: () => take(chosen, token) });
    return [element("p", { class: "good", text: `检查通过，有 ${count} 句新的${more}：` }), element("ul", { class: "additions" }, ...list), ...told, element("p", {}, yes)];
  }

  function remarks(all) {
    const rows = all.map(({ line, column, text, words }) => rowOf([`第 ${line} 行`, column, text, words]));
    return element("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "检查结果" }, element("table", { class: "decided-table" }, headOf(["行", "列", "内容", "怎么办"]), element("tbody", {}, ...rows)));
  }

  async function take(chosen, token) {
    await work(async () => {
      const { taken } = await send("/training/import", chosen, `&token=${encodeURIComponent(token)}`);
      found.replaceChildren();
      file.value = "";
      setText(news, `已导入 ${taken} 句。下一步：到“训练与发布”里查看差异、写入。要撤销，请到“已处理”。`);
      await changed();
    });
  }

  const send = (path, chosen, more = "") => request("POST", `${path}?name=${encodeURIComponent(chosen.name)}${more}`, chosen, PATIENCE_MS);

  async function work(act) {
    try {
      await act();
    } catch (error) {
      setText(news, error.message);
    }
  }

  return { node, load: async () => {} };
}
