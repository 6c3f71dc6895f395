// 交接班: what is open, the state of the equipment, remarks, signed by who goes and who comes (S0 工作纪律 1, S4).

import { element, setText } from "../shared/dom.js";
import { timeText } from "./words.js";

/** @param {{clock: object, store: object, leadApi: object}} parts */
export function createHandoverTab({ clock, store, leadApi }) {
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const shift = element("select", { "aria-label": "交班的班次" });
  const make = element("button", { class: "button primary", type: "button", disabled: true, text: "填写今天的交接班记录", onclick: () => act(async () => show((await leadApi.makeHandover(shift.value)).handover)) });
  const list = element("ul", { class: "handovers" });
  const form = element("section", { class: "handover", "aria-label": "交接班记录", hidden: true });
  const node = element("div", {}, element("div", { class: "lead-bar" }, shift, make), error, form, element("h3", { text: "最近的记录" }), list);

  async function act(work) {
    try {
      await work();
      setText(error, "");
    } catch (problem) {
      setText(error, Object.values(problem.fields ?? {})[0] ?? problem.message);
    }
    error.hidden = error.textContent === "";
  }

  async function load() {
    await act(async () => {
      const { shifts } = await leadApi.roster("");
      const chosen = shift.value;
      shift.replaceChildren(...shifts.map(({ name, hours }) => element("option", { value: name, text: `${name} ${hours}` })));
      if (chosen) shift.value = chosen;
      make.disabled = false;
      await loadList();
    });
  }

  async function loadList() {
    const { handovers } = await leadApi.handovers();
    list.replaceChildren(...handovers.map((one) => element("li", {}, element("button", { class: "link", type: "button", text: `${one.day} ${one.shift}`, onclick: () => show(one) }), element("span", { text: stateText(one) }))));
  }

  function show(one) {
    const signed = one.given_by !== null;
    const equipment = element("input", { type: "text", maxlength: "500", value: one.equipment, disabled: signed });
    const remarks = element("textarea", { rows: "3", maxlength: "2000", text: one.remarks, disabled: signed });
    const written = () => leadApi.writeHandover(one.id, { equipment: equipment.value, remarks: remarks.value });
    const sign = element("button", { class: "button primary", type: "button", text: signed ? "签字接班" : "签字交班", onclick: () => act(() => signIt(one, signed ? null : written)) });
    sign.hidden = one.taken_by !== null || one.given_by === store.state.me.staff_id;
    const keep = element("button", { class: "button", type: "button", text: "保存", onclick: () => act(async () => show((await written()).handover)) });
    keep.hidden = signed;
    form.replaceChildren(
      element("h3", { text: `${one.day} ${one.shift} 交接班记录` }),
      element("p", { class: "soft", text: stateText(one) }),
      cases("未结束的会话", one.cases.filter(({ kind }) => kind === "conversation"), "等待自"),
      cases("需要答复的工单", one.cases.filter(({ kind }) => kind === "order"), "应完成"),
      element("label", { class: "field" }, element("span", { text: "设备、系统运行状态（交班前必填）" }), equipment),
      element("label", { class: "field" }, element("span", { text: "备注：需要交代的事、需要回复的客户" }), remarks),
      element("div", { class: "dialog-buttons" }, keep, sign),
    );
    form.hidden = false;
  }

  async function signIt(one, write) {
    if (write) await write();
    show((await leadApi.signHandover(one.id)).handover);
    await loadList();
  }

  function cases(title, rows, timeName) {
    const shown = rows.map(({ title: name, about, at }) => element("li", {}, element("b", { text: name }), element("span", { text: about }), at ? element("span", { class: "soft", text: `${timeName} ${timeText(at, clock.now())}` }) : null));
    return element("div", {}, element("h4", { text: `${title}（${rows.length}）` }), element("ul", { class: "cases" }, ...(shown.length ? shown : [element("li", { class: "empty", text: "没有" })])));
  }

  function stateText({ made_by, given_by, given_at, taken_by, taken_at }) {
    const now = clock.now();
    const gone = given_by ? `交班：工号 ${given_by}（${timeText(given_at, now)}）` : `未签字，工号 ${made_by} 填写`;
    return taken_by ? `${gone}，接班：工号 ${taken_by}（${timeText(taken_at, now)}）` : given_by ? `${gone}，待接班签字` : gone;
  }

  return { key: "handover", label: "交接班", leadOnly: false, node, open: load };
}
