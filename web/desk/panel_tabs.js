// Tabs by the book (WAI-ARIA): one in the tab order, arrows between them, each with its panel.

import { byId, element } from "../shared/dom.js";

/**
 * @typedef {{key: string, label: string, leadOnly?: boolean, node: Element, open: () => void, render?: (state) => void}} Tab
 * @param {{name: string, tabs: Tab[], label: string, allowed?: (tab: Tab) => boolean, chosen?: () => void}} parts
 *   `name`: of this set of tabs among the page's; `allowed`: who looks may see it; `chosen`: another one is shown
 */
export function createPanelTabs({ name, tabs, label, allowed = () => true, chosen = () => {} }) {
  const bar = element("div", { class: "tabs", role: "tablist", "aria-label": label });
  const body = element("div", { class: "tab-body" });
  const heads = new Map(tabs.map((tab) => [tab.key, makeHead(tab)]));
  let shown = null;
  bar.append(...heads.values());
  body.append(...tabs.map(makePane));

  function makeHead({ key, label: text }) {
    return element("button", { id: `${name}tab-${key}`, class: "tab", type: "button", role: "tab", "aria-controls": `${name}pane-${key}`, text, onclick: () => choose(key) });
  }

  function makePane({ key, node }) {
    return element("div", { id: `${name}pane-${key}`, class: "pane", role: "tabpanel", "aria-labelledby": `${name}tab-${key}`, hidden: true }, node);
  }

  bar.addEventListener("keydown", ({ key }) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const mine = tabs.filter(allowed);
    if (!step) return;
    const next = mine[(mine.findIndex((tab) => tab.key === shown) + step + mine.length) % mine.length];
    choose(next.key);
    heads.get(next.key).focus();
  });

  function choose(key) {
    shown = key;
    for (const tab of tabs) {
      const head = heads.get(tab.key);
      head.hidden = !allowed(tab);
      head.setAttribute("aria-selected", String(tab.key === key));
      head.tabIndex = tab.key === key ? 0 : -1;
      byId(`${name}pane-${tab.key}`).hidden = tab.key !== key;
      if (tab.key === key) tab.open();
    }
    chosen();
  }

  return {
    bar,
    body,
    choose,
    /** The one that was shown last, or the first there is. */
    open: () => choose(tabs.some((tab) => tab.key === shown && allowed(tab)) ? shown : tabs.find(allowed).key),
    shown: () => tabs.find(({ key }) => key === shown),
  };
}
