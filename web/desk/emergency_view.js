// The emergency card: what, where, confirmed or not, sent out or not; accept, dispatch, dismiss.

import { element, icon, setText } from "../shared/dom.js";
import { createCountdown } from "./countdown_view.js";
import { createFacts } from "./facts_view.js";
import { isMine } from "./visibility.js";
import { EMERGENCY_KINDS, EMERGENCY_STEPS, timeText } from "./words.js";

const NO_ADDRESS = "请填写地址：小区、楼号、单元、房号，或附近的标志物。";

/** @param {{accept: () => void, dispatch: (where) => Promise<void>, askDismiss: () => void}} actions */
export function createEmergencyCard({ accept, dispatch, askDismiss }) {
  const title = element("span");
  const countdown = createCountdown();
  const facts = createFacts();
  const acceptButton = element("button", { class: "button danger wide", type: "button", text: "接警", onclick: accept });
  const form = createDispatchForm(dispatch);
  const dismiss = element("button", { class: "button", type: "button", text: "误报…", onclick: askDismiss });
  const node = element("section", { class: "card emergency-card", "aria-label": "险情", hidden: true }, element("h3", {}, icon("alarm"), title, countdown.node), facts.node, acceptButton, form.node, dismiss);

  return {
    node,

    render(summary, { me, orders, now }) {
      const { emergency } = summary;
      node.hidden = !emergency;
      if (!emergency) return;
      const open = summary.owner !== "closed" && !["dispatched", "dismissed"].includes(emergency.step);
      node.classList.toggle("is-over", !open && emergency.accepted_by !== null);
      setText(title, `险情：${emergency.label}`);
      facts.show(factsOf(emergency, orders, now));
      acceptButton.hidden = emergency.accepted_by !== null || emergency.step === "dismissed" || summary.owner === "closed";
      form.node.hidden = !open || !isMine(me, summary);
      dismiss.hidden = form.node.hidden;
      form.render(summary.id, emergency);
    },

    tick: (summary, now) => countdown.draw(summary?.emergency ? onlyDispatch(summary) : null, now),
  };
}

/** The reply has its own countdown; the card shows the crew's. */
function onlyDispatch(summary) {
  return { ...summary, deadlines: { dispatch_at: summary.deadlines?.dispatch_at ?? null } };
}

function factsOf(emergency, orders, now) {
  const order = orders.find(({ number }) => number === emergency.order_number);
  const step = emergency.overdue && ["address", "confirm"].includes(emergency.step) ? `${EMERGENCY_STEPS[emergency.step]}（已超过派单时限）` : EMERGENCY_STEPS[emergency.step];
  return [
    ["状态", step],
    ["报警", timeText(emergency.raised_at, now)],
    ["接警", emergency.accepted_by ? `工号 ${emergency.accepted_by}` : "无人接警"],
    ["地址", emergency.address || "未提供"],
    ["客户确认", emergency.confirmed ? "已确认" : "未确认"],
    ["工单号", emergency.order_number ?? ""],
    ["派单时间", timeText(order?.dispatched_at, now)],
  ].filter(([, value]) => value);
}

function createDispatchForm(dispatch) {
  const kind = element("select", { name: "kind" }, ...Object.entries(EMERGENCY_KINDS).map(([value, text]) => element("option", { value, text })));
  const address = element("textarea", { name: "address", rows: "2", maxlength: "120", autocomplete: "off" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const submit = element("button", { class: "button danger wide", type: "submit", text: "派单" });
  const node = element("form", { class: "dispatch", novalidate: true }, field("类别", kind), field("地址", address), error, submit);
  let shownId = null;
  let offered = "";
  let touched = false;

  address.addEventListener("input", () => (touched = true));
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const where = { address: address.value.trim(), kind: kind.value };
    if (!where.address) return fail(NO_ADDRESS);
    submit.disabled = true;
    fail("");
    try {
      await dispatch(where);
    } catch (failure) {
      fail(failure.fields?.address ?? failure.message);
    } finally {
      submit.disabled = false;
    }
  });

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
    if (text) address.focus();
  }

  return {
    node,
    /** Takes over what the customer told the assistant, but never over what the agent has typed. */
    render(id, emergency) {
      if (shownId !== id) {
        [shownId, touched, offered] = [id, false, ""];
        kind.value = emergency.kind;
        address.value = "";
        fail("");
      }
      if (!touched && emergency.address !== offered) address.value = offered = emergency.address ?? "";
    },
  };
}

function field(label, control) {
  return element("label", { class: "field" }, element("span", { text: label }), control);
}
