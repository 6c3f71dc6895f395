// One page, several views; the address tells which, so that back and reload work.

import { byId } from "../shared/dom.js";

/** @param {{initial: string, changed: (tab: string) => void}} parts */
export function createTabs({ initial, changed }) {
  const views = [...document.querySelectorAll("[data-tab]")];
  const names = views.map(({ dataset }) => dataset.tab);
  const wanted = () => (names.includes(location.hash.slice(1)) ? location.hash.slice(1) : initial);

  function show() {
    for (const view of views) view.hidden = view.dataset.tab !== wanted();
    for (const link of byId("tabs").querySelectorAll("a")) {
      if (link.hash === `#${wanted()}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    changed(wanted());
  }

  window.addEventListener("hashchange", show);
  return { show, current: wanted };
}
