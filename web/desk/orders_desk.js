// Everything about work orders on the desk, put together: the page, the new-order form, what the server tells live.

import { createOrdersApi } from "../shared/orders_api.js";
import { createOrderDialog } from "./order_dialog.js";
import { createOrders } from "./orders.js";
import { createOrdersView } from "./orders_view.js";

const URGENT = new Set(["leaves_soon", "left_behind", "late", "undelivered", "undeliverable"]);
const FOR_LEADS = "extension";

/** @param {{api: object, clock: object, store: object, now: () => number, openConversation: (id: string) => void, reload: (id: string) => void}} parts */
export function createOrdersDesk({ api: staffApi, clock, store, now, openConversation, reload }) {
  const api = createOrdersApi(staffApi);
  const say = (text, tone = "info") => store.dispatch("notice", { text, tone });
  const orders = createOrders({ api, clock, changed: () => view.render() });
  const view = createOrdersView({ orders, api, people: () => store.state, now, openConversation: talk, say });
  const dialog = createOrderDialog({ api, filed });

  function talk(conversationId) {
    if (store.state.conversations.has(conversationId)) return openConversation(conversationId);
    return say("这个会话不在您的列表中（已经结束，或由别人接待）。");
  }

  function filed(order) {
    say(`已保存工单 ${order.number}${order.leave_by ? "，请按时派出" : ""}`, "good");
    orders.hear();
  }

  /** Reminders are for those who have the order, for leads, and for everybody when nobody has it. */
  function remind({ text, what, for: people }) {
    const { me } = store.state;
    if (me?.role !== "lead" && what === FOR_LEADS) return;
    if (me?.role !== "lead" && people.length && !people.includes(me?.staff_id)) return;
    say(text, URGENT.has(what) ? "danger" : "info");
  }

  return {
    ask: (summary) => dialog.ask(summary),
    open: view.open,
    toggle: (shown) => view.toggle(shown),

    hear(type, body) {
      if (type === "snapshot" || type === "order") orders.hear();
      if (type === "order" && body.order.conversation_id === store.state.openId) reload(store.state.openId);
      if (type === "order_reminder") remind(body);
    },

    render(state) {
      if (!state.me) orders.forget();
    },

    tick: () => view.tick(),
  };
}
