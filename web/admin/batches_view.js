// Messages that speak of the same thing in different words: checked ones are labelled at once.

import { element, setText } from "../shared/dom.js";
import { createIntentPicker } from "./intent_picker.js";
import { seen } from "./review_state.js";

const HOW = "下面每一批是没听懂、但像是在说同一件事的话。看一遍，去掉不属于这件事的，再给其余的选一个意图；去掉的仍留在“待标注”里。";

/** @param {{request: Function, propose: (examples: string[]) => void, changed: () => Promise<void>}} parts */
export function createBatchesView({ request, propose, changed }) {
  const news = element("p", { role: "status", class: "soft" });
  const body = element("div", { class: "stack" });
  const undoButton = element("button", { class: "button", type: "button", text: "撤销上一批", hidden: true, onclick: undo });
  const node = element("section", { class: "panel", "aria-label": "成批处理", hidden: true }, element("p", { text: HOW }), element("div", { class: "review-acts" }, undoButton), news, body);
  let last = null;

  async function load() {
    body.replaceChildren(element("p", { class: "soft", text: "正在载入…" })); // what is ticked now would be gone in a moment
    try {
      const [{ batches }, { intents }] = await Promise.all([request("GET", "/training/review/batches"), request("GET", "/training/intents")]);
      body.replaceChildren(...batches.map((batch, place) => batchCard(batch, place, intents)));
      if (!batches.length) body.replaceChildren(element("p", { class: "empty", text: "现在没有说同一件事的一批消息。至少三句相近的话才会出现在这里。" }));
    } catch (error) {
      setText(news, error.message);
    }
  }

  function batchCard({ items, count }, place, intents) {
    const boxes = items.map((item) => element("input", { type: "checkbox", checked: !item.held_by, disabled: Boolean(item.held_by) }));
    const rows = items.map((item, at) => element("li", {}, element("label", { class: "check" }, boxes[at], ` ${item.text}`, item.count > 1 ? `（${item.count} 次）` : "", item.held_by ? `（工号 ${item.held_by} 正在处理）` : "")));
    const take = (intent) => accept(items.filter((_, at) => boxes[at].checked), intent);
    const picker = createIntentPicker({ id: `batch-${place}`, title: "选中的都是", choose: take, leave: () => boxes[0].focus() });
    picker.use(intents);
    const guesses = suggestions(items).map(({ intent, label }) => element("button", { class: "button", type: "button", text: `都是“${label}”`, onclick: () => take({ name: intent, label }) }));
    const chosen = () => items.filter((_, at) => boxes[at].checked).map(({ text }) => text);
    const fresh = element("button", { class: "button", type: "button", text: "都不是，是一件新的事…", onclick: () => propose(chosen()) });
    const title = element("h3", { id: `batch-${place}-title`, text: `第 ${place + 1} 批　${items.length} 种说法，共 ${count} 次` });
    return element("section", { class: "batch", "aria-labelledby": `batch-${place}-title` }, title, element("ul", { class: "batch-list" }, ...rows), element("div", { class: "review-acts" }, ...guesses, fresh), picker.node);
  }

  async function accept(items, intent) {
    if (!items.length) return setText(news, "请至少选中一句。");
    const told = `已把 ${items.length} 句标注为“${intent.label}”。`;
    await work(async () => {
      const body = { items: Object.fromEntries(items.map((item) => [item.id, seen(item)])), intent: intent.name, note: "成批标注" };
      const { items: done } = await request("POST", "/training/review/accept", body);
      last = Object.fromEntries(done.map(({ id, version }) => [id, version]));
    }, told);
  }

  async function undo() {
    await work(async () => {
      await request("POST", "/training/review/undo", { seen: last });
      last = null;
    }, "已撤销上一批。");
  }

  async function work(act, told) {
    try {
      await act();
      setText(news, told);
    } catch (error) {
      setText(news, error.message);
    }
    undoButton.hidden = !last;
    await Promise.all([load(), changed().catch(() => {})]);
  }

  return { node, load };
}

/** What the model took most of them for, the likeliest first. */
function suggestions(items) {
  const sums = new Map();
  for (const { guesses } of items) for (const { intent, label, confidence } of guesses) sums.set(intent, { intent, label, sum: (sums.get(intent)?.sum ?? 0) + confidence });
  return [...sums.values()].sort((one, other) => other.sum - one.sum).slice(0, 3);
}
