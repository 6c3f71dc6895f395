// 班务: what does not belong to one conversation. One dialog with tabs, each tab a view in a file of its own.

import { byId, element } from "../shared/dom.js";
import { isLead } from "./visibility.js";

/**
 * @typedef {{key: string, label: string, leadOnly: boolean, node: Element, open: () => void, render?: (state) => void}} Tab
 * @param {{store: object, tabs: Tab[]}} parts
 */
export function createLeadPanel({ store, tabs }) {
  const dialog = byId("lead-panel");
  const button = byId("lead-open");
  const bar = element("div", { class: "tabs", role: "tablist", "aria-label": "班务" });
  const body = element("div", { class: "tab-body" });
  const close = element("button", { class: "button", type: "button", text: "关闭", onclick: () => dialog.close() });
  const heads = new Map(tabs.map((tab) => [tab.key, makeHead(tab)]));
  let shown = null;
  bar.append(...heads.values());
  body.append(...tabs.map(makePane));
  dialog.append(element("div", { class: "panel-head" }, element("h2", { id: "lead-panel-title", text: "班务" }), bar, close), body);
  button.addEventListener("click", () => open());

  function makeHead({ key, label }) {
    return element("button", { id: `tab-${key}`, class: "tab", type: "button", role: "tab", "aria-controls": `pane-${key}`, text: label, onclick: () => choose(key) });
  }

  function makePane({ key, node }) {
    return element("div", { id: `pane-${key}`, class: "pane", role: "tabpanel", "aria-labelledby": `tab-${key}`, hidden: true }, node);
  }

  bar.addEventListener("keydown", ({ key }) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const mine = tabs.filter(allowed);
    if (!step) return;
    const next = mine[(mine.findIndex((tab) => tab.key === shown) + step + mine.length) % mine.length];
    choose(next.key);
    heads.get(next.key).focus();
  });

  const allowed = ({ leadOnly }) => !leadOnly || isLead(store.state.me);

  function choose(key) {
    shown = key;
    for (const tab of tabs) {
      const head = heads.get(tab.key);
      head.hidden = !allowed(tab);
      head.setAttribute("aria-selected", String(tab.key === key));
      head.tabIndex = tab.key === key ? 0 : -1;
      byId(`pane-${tab.key}`).hidden = tab.key !== key;
      if (tab.key === key) tab.open();
    }
    render(store.state);
  }

  function open() {
    const first = tabs.find(allowed);
    if (!dialog.open) dialog.showModal();
    choose(tabs.some((tab) => tab.key === shown && allowed(tab)) ? shown : first.key);
  }

  function render(state) {
    button.hidden = !tabs.some(allowed);
    if (dialog.open) tabs.find(({ key }) => key === shown)?.render?.(state);
  }

  return { render, close: () => dialog.open && dialog.close() };
}
