// The middle: whose conversation, what can be done with it, its messages, the reply box.

import { byId, element, icon, setText } from "../shared/dom.js";
import { addressOf } from "./canned.js";
import { createComposer } from "./composer_view.js";
import { createCountdown } from "./countdown_view.js";
import { drawChannel } from "./row_view.js";
import { EMPTY_THREAD, stopped } from "./thread_state.js";
import { createTranscript } from "./transcript_view.js";
import { GONE, canTake, canTransfer, isLead, isMine } from "./visibility.js";
import { ownerText } from "./words.js";

/** @param {object} parts the actions of desk_actions.js, `clock`, `api`, `keepsakes: () => object`, `live`, `askTransfer`, `askClose`, `manageCanned`, `flags`, `past`, `leave` */
export function createThreadView(parts) {
  const { clock, api, keepsakes, live, actions, askTransfer, askClose, manageCanned, flags, past, leave } = parts;
  let state = null;
  let shownId = null;

  const current = () => state.openId;
  const composer = createComposer({
    clock,
    api,
    send: (text, leave) => actions.send(current(), text, leave),
    sendFile: (file) => actions.sendFile(current(), file),
    limitMb: () => parts.limitMb(),
    note: (text) => actions.note(current(), text),
    hold: () => actions.hold(current()),
    address: () => addressOf(state.threads.get(current())?.handoff),
    manageCanned,
    keepDraft: (text) => keepsakes().keepDraft(current(), text),
    typing: (on) => shownId && live.typing(shownId, on),
    leave,
  });
  const transcript = createTranscript({
    flag: (message) => flags.flag(current(), message),
    retry: (draft) => actions.retry(current(), draft),
    edit: (draft) => (actions.dropUnsent(current(), draft.id), composer.takeBack(draft.text)),
    drop: (draft) => actions.dropUnsent(current(), draft.id),
    reload: () => actions.reload(current()),
    loadPast: () => past.load(current()),
  });
  const head = createHead({ take: () => actions.take(current()), askTransfer, askClose });
  const hint = element("p", { class: "cannot-write" });
  const takeBelow = element("button", { class: "button primary", type: "button", onclick: () => actions.take(current()) });
  const instead = element("div", { class: "instead" }, hint, takeBelow);
  const open = element("div", { class: "thread-open", hidden: true }, head.node, transcript.node, instead, composer.node);
  const empty = createEmpty(actions);
  byId("thread").append(open, empty.node);

  function render(next, now) {
    state = next;
    const summary = next.conversations.get(next.openId);
    open.hidden = !summary;
    empty.node.hidden = Boolean(summary);
    if (!summary) {
      shownId = null;
      return empty.render(next);
    }
    const mine = isMine(next.me, summary);
    if (shownId !== summary.id) {
      composer.open(summary.id, next.me, keepsakes().draft(summary.id));
      shownId = summary.id;
    }
    head.render(summary, { mine, takeable: canTake(next.me, summary), transferable: canTransfer(next.me, summary) });
    composer.node.hidden = !mine;
    composer.showHold(summary.on_hold);
    instead.hidden = mine;
    if (!mine) drawInstead(next.me, summary);
    const thread = next.threads.get(summary.id) ?? EMPTY_THREAD;
    if (mine) takeBackStopped(summary.id, thread);
    transcript.render(summary, thread, { me: next.me, now: clock.now(), flagged: next.flagged, looksBack: isLead(next.me) || summary.staff_id === next.me.staff_id });
    return tick(now);
  }

  function takeBackStopped(id, thread) {
    const draft = stopped(thread);
    if (draft && composer.stop(draft)) actions.dropUnsent(id, draft.id);
    if (thread.unkept) {
      composer.takeBack(thread.unkept);
      actions.noteTakenBack(id);
    }
  }

  function drawInstead(me, summary) {
    const takeable = canTake(me, summary);
    takeBelow.hidden = !takeable;
    setText(takeBelow, takeLabel(summary));
    setText(hint, takeable ? "接入后可以回复客户。" : whyNot(summary));
  }

  function tick(now) {
    const summary = state && state.conversations.get(state.openId);
    if (!summary) return;
    head.tick(summary, now);
    transcript.showTyping(typingWords(state, summary.id, now));
  }

  /** A key for the reply box: only while this person writes in it. */
  const whenMine = (act) => () => composer.node.hidden || open.hidden || act();

  return { render, tick, want: transcript.want, callCanned: whenMine(composer.callCanned), attach: whenMine(composer.attach), toggleNote: whenMine(composer.toggleNote), hold: whenMine(() => actions.hold(current())), insert: (text) => composer.insert(text), focusComposer: () => (composer.node.hidden ? takeBelow.focus() : composer.focus()), get busy() { return composer.busy; } };
}

function createHead({ take, askTransfer, askClose }) {
  const [channel, customer, owner] = ["channel", "customer", "owner"].map((name) => element(name === "customer" ? "h2" : "span", { class: name }));
  const countdown = createCountdown();
  const button = (label, onclick, shortcut, look = "") => element("button", { class: `button ${look}`, type: "button", text: label, onclick, "aria-keyshortcuts": shortcut, title: shortcut });
  const takeButton = button("接入", take, "Alt+T", "primary");
  const transfer = button("转给…", askTransfer, "Alt+Z");
  const close = button("结束会话", askClose, "Alt+J");
  const node = element("header", { class: "thread-head" }, element("div", { class: "thread-who" }, customer, channel, owner, countdown.node), element("div", { class: "thread-buttons" }, takeButton, transfer, close));
  return {
    node,
    render(summary, { mine, takeable, transferable }) {
      setText(customer, summary.customer);
      drawChannel(channel, summary.channel);
      setText(owner, mine ? "由我接待" : ownerText(summary));
      setText(takeButton, takeLabel(summary));
      takeButton.hidden = !takeable;
      transfer.hidden = !transferable;
      close.hidden = !mine;
    },
    tick: (summary, now) => countdown.draw(summary, now),
  };
}

const takeLabel = ({ owner }) => (owner === "queue" ? "接入" : "接管");

function whyNot(summary) {
  if (summary.owner === "closed") return "会话已结束，不能再发送消息。";
  if (summary.owner === "agent") return `该会话由工号 ${summary.staff_id} 接待。`;
  if (summary.owner === GONE) return "断线期间该会话已转出或结束，不能再发送消息。";
  return "智能助手正在接待，暂时不能回复。";
}

function typingWords(state, id, now) {
  const typing = state.typing.get(id);
  if (!typing || typing.until < now || typing.who === state.me.staff_id) return "";
  return typing.who === "customer" ? "客户正在输入…" : `工号 ${typing.who} 正在输入…`;
}

function createEmpty({ setPresence }) {
  const title = element("p", { class: "empty-title" });
  const text = element("p");
  const online = element("button", { class: "button primary", type: "button", text: "上线", onclick: () => setPresence("online") });
  const node = element("div", { class: "thread-empty" }, icon("key"), title, text, online);
  return {
    node,
    render({ me, synced, conversations }) {
      const offline = me.presence !== "online";
      online.hidden = !offline || !synced;
      setText(title, !synced ? "正在载入…" : offline ? "您还没有上线" : "请选择一个会话");
      setText(text, offline ? "上线后才会分到会话；险情报警在任何状态下都会收到。" : conversations.size ? "按 Alt+N 打开最紧急的会话，按 ? 查看全部快捷键。" : "现在没有会话，有新会话时会有声音提示。");
    },
  };
}
