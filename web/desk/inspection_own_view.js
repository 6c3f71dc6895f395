// 我的质检: what inspectors have published of one's own conversations, and the objection.

import { element, setText } from "../shared/dom.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createInspectionList } from "./inspection_list.js";
import { createInspectionPages } from "./inspection_pages.js";

/** @param {{clock: object, store: object, api: object, drafts: object}} parts `api`: see inspection_api.js; `drafts`: inspection_drafts.js */
export function createOwnInspectionsTab({ clock, store, api, drafts }) {
  const days = createDayRange(load);
  const status = element("p", { class: "soft", role: "status" });
  const pages = createInspectionPages({ record: { clock, store, api, drafts }, load, focus: () => rows.focus() });
  const rows = createInspectionList({ clock, store, title: "我的质检", open: pages.show });
  const hint = element("p", { class: "soft", text: "质检员发布的结果，不填日期时为最近 31 天。对结果有异议，可以在里面申诉一次。" });
  pages.fill(element("div", { class: "lead-bar" }, ...days.nodes, status), hint, pages.error, rows.node);

  async function load() {
    await pages.ask(
      () => api.own(queryOf(days.values())),
      ({ inspections }) => {
        rows.draw(inspections);
        setText(status, inspections.length ? `共 ${inspections.length} 次` : "没有已发布的质检");
      },
    );
  }

  return { key: "own-inspections", label: "我的质检", leadOnly: false, node: pages.node, open: () => (pages.listed ? load() : null) };
}
