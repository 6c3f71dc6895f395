// The right: emergency, hand-over, deadlines, work orders, what happened so far.

import { byId, element, icon, setText } from "../shared/dom.js";
import { timesOf } from "./deadline.js";
import { durationText, secondsSince, secondsUntil } from "../shared/duration.js";
import { createCustomerCard } from "./customer_card.js";
import { createEmergencyCard } from "./emergency_view.js";
import { createFacts } from "./facts_view.js";
import { createKnowledgeCard } from "./knowledge_view.js";
import { createOrdersCard } from "./orders_card.js";
import { createSuggestionCard } from "./suggestion_view.js";
import { EMPTY_THREAD } from "./thread_state.js";
import { isMine } from "./visibility.js";
import { ACCOUNT_STATES, CHANNELS, PRIORITIES, ownerText, timeText } from "./words.js";

const PROMISES = [
  ["prompt", "自动等待提示"],
  ["warn", "超时预警"],
  ["breach", "回复时限"],
  ["dispatch", "派单时限"],
];

/** @param {{clock: object, actions: object, api: object, customerApi: object, serverTime: () => number, askDismiss: () => void, insert: (text: string) => void, leave: () => void, newOrder: (summary: object) => void, openOrder: (number: string) => void}} parts */
export function createSideView({ clock, actions, api, customerApi, serverTime, askDismiss, insert, leave, newOrder, openOrder }) {
  const root = byId("side");
  let state = null;
  const emergency = createEmergencyCard({ accept: () => actions.accept(state.openId), dispatch: (where) => actions.dispatchCrew(state.openId, where), askDismiss });
  const cards = { handoff: createHandoff(), deadlines: createDeadlines(), orders: createOrdersCard({ newOrder: () => newOrder(state.conversations.get(state.openId)), openOrder }), timeline: createTimeline() };
  const knowledge = createKnowledgeCard({ api, clock, insert, leave });
  const suggestion = createSuggestionCard({ ask: api.suggestion, insert });
  const customer = createCustomerCard({ api: customerApi, now: serverTime, openOrder });
  root.append(emergency.node, customer.node, suggestion.node, knowledge.node, ...Object.values(cards).map(({ node }) => node));

  function render(next, now) {
    state = next;
    const summary = next.conversations.get(next.openId);
    root.hidden = !summary;
    if (!summary) return;
    const thread = next.threads.get(summary.id) ?? EMPTY_THREAD;
    const context = { me: next.me, orders: thread.orders, now: clock.now() };
    emergency.render(summary, context);
    customer.render(summary, thread, next.me, next.staff);
    suggestion.render(summary, thread, isMine(next.me, summary));
    knowledge.render(summary, thread, isMine(next.me, summary));
    cards.handoff.render(summary, thread, context.now);
    cards.orders.render(thread.orders, context.now);
    cards.timeline.render(thread.timeline, context.now);
    tick(now);
  }

  function tick(now) {
    const summary = state && state.conversations.get(state.openId);
    if (!summary) return;
    emergency.tick(summary, now);
    cards.deadlines.tick(summary, now);
    customer.tick();
  }

  return { render, tick, focusKnowledge: () => root.hidden || knowledge.focus(), adoptSuggestion: () => root.hidden || suggestion.adopt() };
}

function card(title, ...children) {
  return element("section", { class: "card" }, element("h3", { text: title }), ...children);
}

function createHandoff() {
  const facts = createFacts();
  const intents = element("ul", { class: "intents" });
  const node = card("交接摘要", facts.node, element("h4", { text: "最近识别的意图" }), intents);
  let drawn = null;
  return {
    node,
    render(summary, { handoff }, now) {
      facts.show(handoffFacts(summary, handoff, now));
      if (drawn === handoff) return;
      drawn = handoff;
      const rows = (handoff?.intents ?? []).map(intentRow);
      intents.replaceChildren(...(rows.length ? rows : [element("li", { class: "empty", text: "没有记录" })]));
    },
  };
}

function handoffFacts(summary, handoff, now) {
  const { account, collected = [], reason } = handoff ?? {};
  const number = account?.number ? ` ${account.number}` : "";
  const collectedNames = new Set(["转人工原因", "账户核对", "渠道", "进线", "接待", "优先级"]);
  return [
    ["转人工原因", reason || summary.handoff_reason || "未转人工"],
    ["账户核对", account ? `${ACCOUNT_STATES[account.state] ?? account.state}${number}` : "载入中…"],
    ...collected.map(({ label, value }) => [collectedNames.has(label) ? `${label}（客户）` : label, String(value)]),
    ["渠道", CHANNELS[summary.channel] ?? summary.channel],
    ["进线", timeText(summary.opened_at, now)],
    ["接待", ownerText(summary)],
    ["优先级", PRIORITIES[summary.priority] ?? summary.priority],
  ];
}

function intentRow(intent) {
  const { name, confidence, text } = intent;
  const percent = typeof confidence === "number" ? `${Math.round(confidence * 100)}%` : "";
  return element("li", { title: name }, element("span", { class: "intent", text: intent.label }), element("span", { class: "percent", text: percent }), text ? element("q", { text }) : null);
}

function createDeadlines() {
  const facts = createFacts();
  const none = element("p", { class: "empty", text: "客户没有在等待回复。" });
  const node = card("时限", facts.node, none);
  return {
    node,
    tick(summary, now) {
      const pairs = deadlinePairs(summary, now);
      none.hidden = pairs.length > 0;
      facts.show(pairs);
    },
  };
}

function deadlinePairs(summary, now) {
  if (summary.owner === "closed") return [];
  const times = timesOf(summary);
  const due = PROMISES.filter(([name]) => times[name] !== null).map(([name, label]) => [label, untilText(times[name], now)]);
  const waiting = times.waiting === null ? [] : [["客户已等待", durationText(secondsSince(times.waiting, now))]];
  return [...waiting, ...due];
}

function untilText(due, now) {
  return due > now ? `${durationText(secondsUntil(due, now))}后` : `${durationText(secondsSince(due, now))}前`;
}

function createTimeline() {
  const list = element("ol", { class: "timeline" });
  const node = card("经过", list);
  let drawn = null;
  return {
    node,
    render(timeline, now) {
      if (drawn === timeline) return;
      drawn = timeline;
      const rows = timeline.map(({ at, what, text }) => element("li", { "data-what": what }, what === "breach" ? icon("overdue") : null, element("time", { datetime: at, text: timeText(at, now) }), element("span", { text })));
      list.replaceChildren(...(rows.length ? rows : [element("li", { class: "empty", text: "没有记录" })]));
    },
  };
}
