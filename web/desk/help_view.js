// The sheet of shortcuts and signs.

import { byId, element, icon } from "../shared/dom.js";

const SIGNS = [
  ["clock", "normal", "剩余时间充足"],
  ["warning", "warning", "即将超时（剩 28 秒）"],
  ["overdue", "overdue", "已超时（已超时 12 秒）"],
  ["alarm", "overdue", "险情"],
  ["check", "", "已发送"],
  ["checks", "", "已送达"],
  ["unsure", "", "不确定是否送达"],
  ["failed", "overdue", "发送失败"],
];

/** @param {{testSound: () => void}} actions */
export function createHelp({ testSound }) {
  const dialog = byId("dialog-help");
  const opener = byId("help-open");
  opener.append(icon("key"), "快捷键");
  opener.addEventListener("click", show);
  byId("sound-test").addEventListener("click", testSound);
  byId("legend").append(...SIGNS.map(([sign, level, text]) => element("li", { "data-level": level }, icon(sign), element("span", { text }))));

  function show() {
    if (!dialog.open) dialog.showModal();
  }

  return { show };
}
