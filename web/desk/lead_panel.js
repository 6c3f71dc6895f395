// 班务: what does not belong to one conversation. One dialog with tabs, each tab a view in a file of its own.

import { byId, element } from "../shared/dom.js";
import { createPanelTabs } from "./panel_tabs.js";
import { isLead } from "./visibility.js";

/** @param {{store: object, tabs: import("./panel_tabs.js").Tab[]}} parts */
export function createLeadPanel({ store, tabs }) {
  const dialog = byId("lead-panel");
  const button = byId("lead-open");
  const allowed = ({ leadOnly }) => !leadOnly || isLead(store.state.me);
  const panel = createPanelTabs({ name: "", tabs, label: "班务", allowed, chosen: () => render(store.state) });
  const close = element("button", { class: "button", type: "button", text: "关闭", onclick: () => dialog.close() });
  dialog.append(element("div", { class: "panel-head" }, element("h2", { id: "lead-panel-title", text: "班务" }), panel.bar, close), panel.body);
  button.addEventListener("click", open);

  function open() {
    if (!dialog.open) dialog.showModal();
    panel.open();
  }

  function render(state) {
    button.hidden = !tabs.some(allowed);
    if (dialog.open) panel.shown()?.render?.(state);
  }

  return { render, close: () => dialog.open && dialog.close() };
}
