// The assistant's draft above the knowledge base, with a button that puts it into the reply box.

import { element, setText } from "../shared/dom.js";
import { lastQuestion } from "./knowledge.js";
import { createSuggestion } from "./suggestion.js";

/** @param {{ask: (id: string, seq: number) => Promise<object>, insert: (text: string) => void}} parts */
export function createSuggestionCard({ ask, insert }) {
  const status = element("p", { class: "knowledge-status", role: "status" });
  const text = element("p", { class: "article-answer" });
  const put = element("button", { class: "button", type: "button", text: "采用", "aria-keyshortcuts": "Alt+U", title: "Alt+U", onclick: adopt });
  const node = element("section", { class: "card suggestion", "aria-label": "助手建议", hidden: true }, element("div", { class: "article-head" }, element("h3", { text: "助手建议" }), put), status, text);
  const follow = createSuggestion({ ask, changed: draw });

  function draw(found) {
    node.hidden = found.state === "idle";
    put.hidden = !found.text;
    text.hidden = !found.text;
    setText(text, found.text);
    setText(status, words(found));
    status.classList.toggle("is-error", found.state === "failed");
  }

  function adopt() {
    if (!put.hidden && !node.hidden) insert(text.textContent);
  }

  return {
    node,
    adopt,

    /** Only for who serves the conversation and owes the customer an answer. */
    render(summary, thread, canWrite) {
      const question = canWrite ? lastQuestion(thread.messages) : undefined;
      void follow(summary.id, question?.seq ?? null);
    },
  };
}

function words({ state, intent, text, error }) {
  if (state === "loading") return "正在想…";
  if (state === "failed") return error;
  if (!intent) return "没有听懂用户这句话，请看下面的文章。";
  const understood = `理解为“${intent.label}”（${Math.round(intent.confidence * 100)}%）`;
  return text ? understood : `${understood}，没有可以直接发的回复。`;
}
