// The customer beside the chat: whose account, masked data revealed by a click that is logged, tags, what was before.

import { element, setText } from "../shared/dom.js";
import { secondsUntil } from "../shared/duration.js";
import { createCustomer } from "./customer.js";
import { accountPairs, beforeText, FIELDS, matchText, pastText } from "./customer_words.js";
import { createFacts } from "./facts_view.js";
import { createLinkView } from "./link_view.js";
import { createTagsView } from "./tags_view.js";
import { createVerifyForm } from "./verify_view.js";
import { isMine, mayRead } from "./visibility.js";

/** @param {{api: object, now: () => number, openOrder: (number: string) => void}} parts `api`: customer_api.js */
export function createCustomerCard({ api, now, openOrder }) {
  const customer = createCustomer({ api, now, changed: draw });
  const match = element("p", { class: "match" });
  const before = element("p", { class: "soft" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const rows = Object.keys(FIELDS).map((field) => createMaskedRow(field, { reveal, hide: customer.hide }));
  const masked = element("dl", { class: "pairs masked" }, ...rows.map(({ node }) => node));
  const facts = createFacts();
  const verify = createVerifyForm({ verify: customer.verify });
  const tags = createTagsView({ add: customer.addTag, drop: customer.dropTag, fail });
  const link = createLinkView({ send: customer.sendLinkCode, undo: customer.unlink, fail });
  const past = createList("会话记录");
  const orders = createList("工单记录");
  const notes = createList("以前的备注");
  const node = element("section", { class: "card customer-card", "aria-label": "客户资料" }, element("h3", { text: "客户" }), match, before, error, masked, facts.node, verify.node, link.node, tags.node, past.node, orders.node, notes.node);
  let mine = false;
  let people = new Map();
  let found = null;

  async function reveal(field) {
    fail("");
    try {
      await customer.reveal(field);
    } catch (problem) {
      fail(problem.message);
    }
  }

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  function draw(next) {
    if (next.id !== found?.id) (fail(""), verify.reset(), link.reset());
    found = next;
    const { state, customer: known, shown } = next;
    setText(match, known ? `账户：${matchText(known.match)}` : state === "failed" ? `资料没有载入：${next.error}` : "正在载入…");
    setText(before, beforeText(known?.match.before));
    before.hidden = !before.textContent;
    masked.hidden = !known?.account;
    for (const row of rows) row.draw(known?.account?.masked[row.field] ?? "", shown.get(row.field), known?.may_serve);
    facts.show(known?.account ? accountPairs(known.account) : []);
    tags.draw(known);
    drawLists(known);
    drawActs();
    tick();
  }

  function drawLists(known) {
    past.show((known?.conversations ?? []).filter(({ id }) => id !== found.id).map((each) => element("li", { text: pastText(each, people) })));
    orders.show((known?.orders ?? []).map((order) => element("li", {}, element("button", { class: "link", type: "button", text: order.number, onclick: () => openOrder(order.number) }), ` ${order.type} · ${order.stage}`)));
    notes.show((known?.notes ?? []).filter((note) => note.conversation_id !== found.id).map((note) => element("li", { text: `${note.text}（工号 ${note.staff_id}）` })));
  }

  /** What only the conversation's own agent does. */
  function drawActs() {
    verify.node.hidden = !mine || !found?.customer;
    link.draw(found?.customer ?? null, mine);
  }

  function tick() {
    for (const row of rows) row.tick(now());
  }

  return {
    node,

    render(summary, thread, me, staff) {
      node.hidden = !mayRead(me, summary); // it went to somebody else
      mine = isMine(me, summary);
      people = staff;
      customer.follow(node.hidden ? null : summary, `${thread.orders.length} ${lastNotice(thread)}`);
      drawActs();
    },

    tick() {
      customer.tick();
      tick();
    },
  };
}

/** Number of the last notice: the customer is told so when his channels were linked or taken apart. */
function lastNotice({ messages }) {
  return messages.findLast(({ speaker, kind }) => speaker === "system" && kind === "notice")?.seq ?? 0;
}

function createMaskedRow(field, { reveal, hide }) {
  const value = element("span", { class: "value" });
  const left = element("span", { class: "soft" });
  const button = element("button", { class: "link", type: "button", onclick: () => (shown ? hide(field) : reveal(field)) });
  const node = element("div", {}, element("dt", { text: FIELDS[field] }), element("dd", {}, value, left, button));
  let shown = null;
  return {
    field,
    node,
    draw(masked, revealed, mayServe) {
      shown = revealed ?? null;
      setText(value, revealed?.value ?? masked);
      setText(button, shown ? "隐藏" : "查看");
      button.setAttribute("aria-label", shown ? `隐藏${FIELDS[field]}` : `查看${FIELDS[field]}，记入日志`);
      button.title = shown ? "" : "点击查看，会记入值班日志";
      button.hidden = !mayServe;
    },
    tick: (now) => setText(left, shown ? `${secondsUntil(shown.until, now)} 秒后隐藏` : ""),
  };
}

function createList(title) {
  const list = element("ul", { class: "short-list" });
  const node = element("div", { hidden: true }, element("h4", { text: title }), list);
  return {
    node,
    show(items) {
      node.hidden = items.length === 0;
      list.replaceChildren(...items);
    },
  };
}
