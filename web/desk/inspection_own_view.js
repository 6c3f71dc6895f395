// 我的质检: what inspectors have published of one's own conversations, and the objection.

import { element, setText } from "../shared/dom.js";
import { createDayRange, queryOf } from "./day_range.js";
import { createInspectionList } from "./inspection_list.js";
import { createRecordView } from "./inspection_record_view.js";

/** @param {{clock: object, store: object, api: object, drafts: object}} parts `api`: see inspection_api.js; `drafts`: inspection_drafts.js */
export function createOwnInspectionsTab({ clock, store, api, drafts }) {
  const days = createDayRange(load);
  const status = element("p", { class: "soft", role: "status" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const rows = createInspectionList({ clock, store, title: "我的质检", open: show });
  const hint = element("p", { class: "soft", text: "质检员发布的结果，不填日期时为最近 31 天。对结果有异议，可以在里面申诉一次。" });
  const list = element("div", {}, element("div", { class: "lead-bar" }, ...days.nodes, status), hint, error, rows.node);
  const record = createRecordView({ clock, store, api, drafts, back });
  const node = element("div", {}, list, record.node);
  let asked = 0;

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  async function load() {
    const mine = ++asked; // of two answers the one to the later question counts
    try {
      const { inspections } = await api.own(queryOf(days.values()));
      if (mine !== asked) return;
      rows.draw(inspections);
      setText(status, inspections.length ? `共 ${inspections.length} 次` : "没有已发布的质检");
      fail("");
    } catch (problem) {
      if (mine === asked) fail(problem.message);
    }
  }

  async function show(conversationId) {
    try {
      await record.show(conversationId);
      list.hidden = true;
    } catch (problem) {
      fail(problem.message);
    }
  }

  async function back() {
    list.hidden = false;
    await load();
    rows.focus();
  }

  return { key: "own-inspections", label: "我的质检", leadOnly: false, node, open: () => (list.hidden ? null : load()) };
}
