// Labelling what customers wrote: one message at a time, many of one matter at once, and what has been decided.

import { element } from "../shared/dom.js";
import { createBatchesView } from "./batches_view.js";
import { createDecidedView } from "./decided_view.js";
import { createExchangeView } from "./exchange_view.js";
import { createInboxView } from "./inbox_view.js";

/** @param {{root: HTMLElement, request: Function, counted: (groups: number) => void, propose: (examples: string[]) => void}} parts */
export function createReviewView({ root, request, counted, propose }) {
  const inbox = createInboxView({ request, counted, propose });
  const parts = {
    open: { text: "待标注", view: inbox },
    batches: { text: "成批处理", view: createBatchesView({ request, propose, changed: () => inbox.load() }) },
    exchange: { text: "导入、导出", view: createExchangeView({ request, changed: () => inbox.load() }) },
    decided: { text: "已处理", view: createDecidedView({ request, undone: () => inbox.load() }) },
  };
  const buttons = Object.entries(parts).map(([name, { text }]) => element("button", { class: "button", type: "button", text, "data-part": name, onclick: () => show(name) }));
  const head = element("div", { class: "panel-head" }, element("h2", { text: "真实消息标注" }), element("div", { class: "segments" }, ...buttons));
  root.replaceChildren(head, ...Object.values(parts).map(({ view }) => view.node));
  let part = "open";
  show(part, { quiet: true });

  function show(wanted, { quiet = false } = {}) {
    part = wanted;
    for (const [name, { view }] of Object.entries(parts)) view.node.hidden = name !== wanted;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.part === wanted));
    if (!quiet) void parts[wanted].view.load();
  }

  return {
    load: inbox.load,
    focus: inbox.focus,
    /** Somebody comes to this page: what is not loaded anew by itself is loaded now. */
    entered: () => part !== "open" && void parts[part].view.load(),
  };
}
