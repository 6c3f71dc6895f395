// The sheet an inspector fills in: how often each thing went wrong, a word to it, a comment; the total at every key.

import { element, setText } from "../shared/dom.js";
import { byGroup, itemsOf, totalOf, totalText } from "./inspection_sheet.js";

/** @param {{rules: object, inspection: object | null, changed: () => void}} parts */
export function createSheetForm({ rules, inspection, changed }) {
  const rows = itemsOf(rules.criteria, inspection?.deductions ?? []).map((item) => createRow(item, update));
  const total = element("p", { class: "sheet-total", role: "status" });
  const comment = element("textarea", { rows: "3", maxlength: "1000", oninput: changed });
  comment.value = inspection?.comment ?? "";
  const groups = byGroup(rows.map(({ item, node }) => ({ group: item.group, node })));
  const fields = groups.map(([name, members]) => element("fieldset", { class: "sheet-group" }, element("legend", { text: name }), ...members.map(({ node }) => node)));
  const node = element("div", { class: "sheet-form" }, total, ...fields, element("label", { class: "field" }, element("span", { text: "评语（坐席能看到）" }), comment));
  draw();

  function draw() {
    setText(total, totalText(totalOf(rows.map(({ item, times }) => ({ ...item, times: times() })), rules.full_marks)));
  }

  function update() {
    draw();
    changed();
  }

  return {
    node,
    read: () => ({ deductions: rows.filter(({ times }) => times() > 0).map(({ item, times, remark }) => ({ key: item.key, times: times(), remark: remark() })), comment: comment.value.trim() }),
  };
}

function createRow(item, changed) {
  const times = element("input", { type: "number", min: "0", max: "50", step: "1", value: String(item.times), class: "times", title: item.source ?? "" });
  const remark = element("input", { type: "text", maxlength: "300", class: "item-remark", "aria-label": `${item.name}：说明`, placeholder: "说明（可不填）", oninput: changed });
  remark.value = item.remark ?? "";
  const count = () => Math.min(50, Math.max(0, Math.trunc(Number(times.value)) || 0));
  times.addEventListener("input", () => {
    remark.hidden = count() === 0;
    changed();
  });
  remark.hidden = count() === 0;
  const cost = item.fatal ? "出现即不得分" : `每次扣 ${item.points} 分`;
  const label = element("label", { class: "criterion" }, times, element("span", { text: item.name }), element("span", { class: "soft", text: cost }));
  return { item, node: element("div", { class: "sheet-row" }, label, remark), times: count, remark: () => remark.value.trim() };
}
