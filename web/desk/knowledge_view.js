// The knowledge base beside the reply box: a search box, articles, and a button that puts an answer into the reply.

import { element, setText } from "../shared/dom.js";
import { createKnowledge, lastWords } from "./knowledge.js";

/**
 * @param {object} parts
 * @param {object} parts.api
 * @param {object} parts.clock
 * @param {(text: string) => void} parts.insert puts an answer into the reply box
 * @param {() => void} parts.leave Esc
 */
export function createKnowledgeCard({ api, clock, insert, leave }) {
  const input = element("input", { type: "search", "aria-label": "查知识库", placeholder: "输入问题或关键词", maxlength: "200", autocomplete: "off", "aria-keyshortcuts": "Alt+K", title: "Alt+K" });
  const status = element("p", { class: "knowledge-status", role: "status" });
  const list = element("ul", { class: "articles", "aria-label": "文章", tabindex: "0" }); // scrolls; reachable also where no button is
  const form = element("form", { role: "search", novalidate: true }, input);
  const node = element("section", { class: "card knowledge", "aria-label": "知识库" }, element("h3", { text: "知识库" }), form, status, list);
  const knowledge = createKnowledge({ api, clock, changed: draw });
  let open = null;
  let writable = false;
  let shown = null;

  input.addEventListener("input", () => knowledge.type(input.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    knowledge.search(input.value);
  });
  input.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && leave());

  function draw(found) {
    setText(status, words(found));
    status.classList.toggle("is-error", found.state === "failed");
    if (shown === found.articles) return;
    shown = found.articles;
    list.replaceChildren(...shown.map(row));
  }

  function row({ question, answer, category }) {
    const put = element("button", { class: "button", type: "button", text: "插入", "aria-label": `插入：${question}`, hidden: !writable, onclick: () => insert(answer.replace(/\n{2,}/g, "\n")) });
    const head = element("p", { class: "article-head" }, element("b", { text: question }), put);
    return element("li", { class: "article" }, head, element("p", { class: "article-answer", text: answer }), element("p", { class: "soft", text: category }));
  }

  return {
    node,
    focus: () => input.focus(),

    render(summary, thread, canWrite) {
      if (writable !== canWrite) {
        writable = canWrite;
        for (const button of list.querySelectorAll("button")) button.hidden = !writable;
        list.tabIndex = writable ? -1 : 0;
      }
      if (open !== summary.id) {
        open = summary.id;
        input.value = "";
      }
      knowledge.follow(summary.id, lastWords(thread.messages));
    },
  };
}

function words({ state, typed, articles, error }) {
  if (state === "loading") return "正在查找…";
  if (state === "failed") return error;
  if (state === "idle") return "客户提问后，这里会推荐相关文章。";
  if (!articles.length) return typed ? "没有找到，请换个说法。" : "没有推荐的文章，可以输入关键词查找。";
  return typed ? `找到 ${articles.length} 篇` : "根据客户的话推荐";
}
