// The one store of the page: (state, frame) → state. Frames of the server come in under their own names;
// what the person or the connection does comes in as the frames at the end of the table.

import {
  changeThread,
  forget,
  onAlarm,
  onAlarmOver,
  onConversation,
  onDelivery,
  onMessage,
  onSnapshot,
  without,
} from "./conversation_frames.js";
import { onTold, withBroadcasts } from "./lead_frames.js";
import { addPast, failPast, startPast } from "./past_state.js";
import { noteServerTime, serverNow } from "./server_clock.js";
import { addNotes, dropUnsent, failLoading, failSending, keepAsItIs, loadThread, startSending } from "./thread_state.js";
import { concerns } from "./visibility.js";

const TYPING_MS = 8_000;
const NOTICES = 4;

export const INITIAL = Object.freeze({
  me: null, // Staff, null while signed out
  connection: "connecting", // connecting | online | lost
  synced: false, // a snapshot has arrived since sign-in
  visible: true, // the browser window is before the person's eyes
  skew: null,
  conversations: new Map(), // id → Summary
  asOf: new Map(), // id → server time of the newest word on it
  staff: new Map(), // staff number → Staff
  threads: new Map(), // id → thread (thread_state.js), for conversations opened here
  unread: new Set(),
  typing: new Map(), // id → {who, until}, the server's clock
  alarms: new Map(), // id → "raised" | "undispatched", from alarm frames
  silenced: new Set(), // undispatched emergencies of others that this person has noted
  skillGroups: [], // names
  presenceReasons: [], // of the company
  presenceWish: null, // chosen, not answered by the server yet
  broadcasts: [], // today's, the latest last
  board: null, // the lead's board as the server counts it
  breaches: [], // today's, for leads
  notices: [], // {id, text, tone, conversationId}
  noticeCount: 0,
  flagged: new Set(), // "c1/3": pointed out to the administrators since the page was opened
  openId: null,
});

const HANDLERS = {
  snapshot: onSnapshot,
  conversation: onConversation,
  message: onMessage,
  delivery: onDelivery,
  note: (state, { conversation_id: id, note }) => changeThread(state, id, (thread) => addNotes(thread, [note]), { create: false }),
  note_failed: (state, { conversationId, text, error }) =>
    addNotice(changeThread(state, conversationId, (thread) => ({ ...thread, unkept: text })), { text: `备注没有保存：${error}`, tone: "danger", conversationId }),
  note_taken_back: (state, { conversationId }) => changeThread(state, conversationId, (thread) => ({ ...thread, unkept: "" })),
  staff: onStaff,
  typing: onTyping,
  warning: (state) => state, // the row warns by its own deadline; the frame only makes the sound
  breach: onBreach,
  alarm: onAlarmFrame,
  alarm_over: onAlarmOver,
  board: (state, { board }) => ({ ...state, board }),
  whisper: (state, body) => onTold(state, body, addNotice),
  limit: (state, body) => onTold(state, body, addNotice),
  broadcast: (state, { broadcast }) => withBroadcasts(state, [broadcast]),
  absence: (state, { text }) => addNotice(state, { text, tone: "danger" }),
  signed_out: (state) => ({ ...INITIAL, visible: state.visible }),

  signed_in: (state, { staff }) => ({ ...state, me: staff }),
  connection: (state, { to }) => ({ ...state, connection: to }),
  visibility: onVisibility,
  opened: onOpened,
  thread_loaded: onThreadLoaded,
  thread_failed: (state, { conversationId, error }) =>
    changeThread(state, conversationId, (thread) => failLoading(thread, error), { create: false }),
  thread_kept: (state, { conversationId }) => changeThread(state, conversationId, keepAsItIs, { create: false }),
  past_asked: (state, { conversationId }) => changePast(state, conversationId, startPast),
  past_loaded: (state, { conversationId, page }) => changePast(state, conversationId, (past) => addPast(past, page)),
  past_failed: (state, { conversationId, error }) => changePast(state, conversationId, (past) => failPast(past, error)),
  sending: (state, { conversationId, ...draft }) => changeThread(state, conversationId, (thread) => startSending(thread, draft)),
  send_failed: (state, { conversationId, ...why }) =>
    changeThread(state, conversationId, (thread) => failSending(thread, why), { create: false }),
  unsent_dropped: (state, { conversationId, id }) => changeThread(state, conversationId, (thread) => dropUnsent(thread, id)),
  broadcasts: (state, { broadcasts }) => withBroadcasts(state, broadcasts),
  staffing: (state, { skill_groups, presence_reasons = [] }) => ({ ...state, skillGroups: skill_groups, presenceReasons: presence_reasons }),
  presence_wished: (state, { presence }) => ({ ...state, presenceWish: presence }),
  breaches: (state, { breaches }) => ({ ...state, breaches }),
  silenced: (state, { conversationId }) => ({ ...state, silenced: new Set(state.silenced).add(conversationId) }),
  flagged: (state, { conversationId, seq }) => ({ ...state, flagged: new Set(state.flagged).add(`${conversationId}/${seq}`) }),
  notice: (state, body) => addNotice(state, body),
  inspection: (state, { text }) => addNotice(state, { text }),
  notice_over: (state, { id }) => ({ ...state, notices: state.notices.filter((notice) => notice.id !== id) }),
};

/**
 * @param {typeof INITIAL} state
 * @param {{type: string, body?: any, at: number}} frame `at`: the page's clock when it came, in milliseconds
 */
export function reduce(state, { type, body = {}, at }) {
  const handler = HANDLERS[type];
  if (!handler) return state;
  const skew = noteServerTime(state.skew, body.now, at);
  const next = handler(state, body, at);
  return next.skew === skew ? next : { ...next, skew };
}

function changePast(state, id, change) {
  return changeThread(state, id, (thread) => ({ ...thread, past: change(thread.past) }), { create: false });
}

function onStaff(state, { staff }) {
  const people = new Map(state.staff).set(staff.staff_id, staff);
  return { ...state, staff: people, me: staff.staff_id === state.me?.staff_id ? staff : state.me };
}

function onTyping(state, { conversation_id: id, on, who }, at) {
  if (!on) return { ...state, typing: without(state.typing, id) };
  return { ...state, typing: new Map(state.typing).set(id, { who, until: serverNow(state.skew, at) + TYPING_MS }) };
}

function onBreach(state, body) {
  const { conversation_id: id, staff_id, moved_to, now } = body;
  const customer = state.conversations.get(id)?.customer ?? "会话";
  const moved = moved_to ? `，已转给工号 ${moved_to}` : "";
  const breaches = [...state.breaches, { conversation_id: id, at: now, staff_id, moved_to }];
  return addNotice({ ...state, breaches }, { text: `${customer}：工号 ${staff_id} 超时未回复${moved}`, tone: "danger", conversationId: id });
}

/** Sent out by the assistant to an address nobody confirmed: no alarm any more, but somebody has to check it. */
function onAlarmFrame(state, body) {
  const next = onAlarm(state, body);
  const { id, emergency } = body.conversation;
  const toCheck = body.reason === "undispatched" && emergency?.step === "dispatched";
  return toCheck ? addNotice(next, { text: body.text, tone: "danger", conversationId: id }) : next;
}

function addNotice(state, { text, tone = "info", conversationId = null }) {
  const id = state.noticeCount + 1;
  const notices = [...state.notices, { id, text, tone, conversationId }].slice(-NOTICES);
  return { ...state, noticeCount: id, notices };
}

function onVisibility(state, { visible }) {
  return { ...state, visible, unread: visible ? without(state.unread, state.openId) : state.unread };
}

/** `conversation`: given when it was not in the list (found by other means). */
function onOpened(state, { conversationId, conversation }) {
  const left = state.conversations.get(state.openId);
  let next = { ...state, openId: conversationId, unread: without(state.unread, conversationId) };
  if (conversation && !state.conversations.has(conversationId)) next = onConversation(next, { conversation });
  if (left && left.id !== conversationId && !concerns(state.me, left)) next = forget(next, left.id);
  return conversationId === null ? next : changeThread(next, conversationId, (thread) => thread);
}

function onThreadLoaded(state, { detail, now }) {
  const { id } = detail.conversation;
  if (!state.threads.has(id)) return state; // left meanwhile
  const known = onConversation(state, { conversation: detail.conversation, now });
  return changeThread(known, id, (thread) => loadThread(thread, detail));
}
