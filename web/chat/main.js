// The customer's page: connects the conversation with what is on the screen.

import { browserClock as clock } from "../shared/clock.js";
import { byId } from "../shared/dom.js";
import { createStorage } from "../shared/storage.js";
import { io } from "../vendor/socket.io.esm.min.js";
import { createAttach } from "../shared/attach.js";
import { loadCompany } from "./company.js";
import { createComposer } from "./composer.js";
import { createConversation } from "./conversation.js";
import { createEmergency } from "./emergency.js";
import { createFrame } from "./frame.js";
import { createHeader } from "./header.js";
import { items } from "./items.js";
import { createTypeSize, followViewport } from "./screen.js";
import { createStarters } from "./starters.js";
import { createView } from "./view.js";
import { LEAK_REPORT, typingWords } from "./words.js";

const REFRESH_EVERY = 30000;
const DRAW_TIME = 16;
const TYPING_LIMIT = 30000;
/** After this long the history is on the screen, and what is new may be read aloud. */
const REPLAY_TIME = 1500;

document.documentElement.dataset.started = "";

const storage = createStorage(() => window.localStorage);
const numbers = [];
let drawing = false;
let cancelTyping = () => {};
let limitMb = null;
/** Once somebody sends a file or is sent one. */
let files = null;
let loading = null;

const socket = io({
  path: "/socket.io",
  transports: ["websocket", "polling"],
  autoConnect: false,
  timeout: 10000,
  reconnectionDelay: 1000,
  reconnectionDelayMax: 8000,
});

const header = createHeader({
  title: byId("company"),
  link: byId("link"),
  status: byId("status"),
  banner: byId("banner"),
  starting: byId("starting"),
  panels: document.querySelectorAll(".about"),
  onUnread: (count) => frame.unread(count),
});

const conversation = createConversation({
  socket,
  storage,
  clock,
  onChange: draw,
  onMessage(message) {
    if (message.speaker === "customer") return;
    showTyping(null);
    if (!inSight()) header.countUnread();
  },
  onReady() {
    frame.keep(conversation.sessionId());
    files?.flush();
  },
  onTyping: showTyping,
  onSettled(id) {
    emergency.settled(id);
    files?.forget(id);
  },
  onFailed(id, error) {
    emergency.failed(id);
    composer.hideError(error);
  },
  onNotice: (error) => composer.showError(error),
});

const frame = createFrame({
  window,
  clock,
  onBegin: begin,
  onShown() {
    comeBack();
    composer.focus();
  },
});

const view = createView({
  scroller: byId("transcript"),
  list: byId("messages"),
  typing: byId("typing"),
  more: byId("more"),
  numbers: () => numbers,
  onRead: tellRead,
  onChoice: ({ title, payload }) => conversation.write({ text: title, message: payload, title }),
  onFile: async () => (await withFiles()).show,
  onRetry: (id) => (conversation.fileOutbox.find(id) ? files.retry(id) : conversation.retry(id)),
  onDiscard: conversation.discard,
});

const starters = createStarters({
  panel: byId("starters"),
  onChoice: (text) => conversation.write({ text }),
});

const emergency = createEmergency({
  button: byId("leak"),
  call: byId("call"),
  number: byId("call-number"),
  note: byId("leak-note"),
  clock,
  onReport: () => conversation.write({ text: LEAK_REPORT }),
  online: conversation.online,
});

const composer = createComposer({
  form: byId("composer"),
  field: byId("message"),
  hint: byId("hint"),
  storage,
  clock,
  onSend: (text) => conversation.write({ text }),
  onTyping: conversation.typing,
});

createAttach({
  button: byId("attach"),
  input: byId("attachment"),
  field: byId("message"),
  zone: document.body,
  onFiles: async (chosen) => (await withFiles()).add(chosen),
});

/** What deals with files is not loaded before there is one. */
async function withFiles() {
  try {
    loading = loading ?? import("./files.js");
    const { createFiles } = await loading;
    files = files ?? createFiles({
      conversation,
      outbox: conversation.fileOutbox,
      clock,
      limitMb: () => limitMb,
      onRefused: (words) => composer.showError(words),
      onChange: draw,
    });
    return files;
  } catch (problem) {
    loading = null;
    composer.showError("图片功能没有载入，请检查网络后重试。");
    throw problem;
  }
}

/** Many frames at once (a resumed conversation) are drawn once; a timer, because hidden pages get no animation frames. */
function draw() {
  if (drawing) return;
  drawing = true;
  clock.after(DRAW_TIME, () => {
    drawing = false;
    const messages = conversation.messages();
    // The first status follows the history, so from then on an empty conversation is really empty.
    starters.show(messages.length === 0 && conversation.status() !== null);
    view.render(items(messages, { now: clock.now(), online: conversation.online(), progress: (id) => files?.progress(id) ?? null }));
    header.showLink(conversation.link());
    header.showStatus(conversation.status(), messages.some(({ speaker }) => speaker === "customer"));
    if (view.atEnd()) tellRead();
  });
}

function inSight() {
  return !document.hidden && frame.shown();
}

function tellRead() {
  if (inSight()) conversation.read();
}

function showTyping(speaker) {
  cancelTyping();
  view.showTyping(speaker ? typingWords(speaker, conversation.status()?.agent ?? null) : "");
  if (speaker) cancelTyping = clock.after(TYPING_LIMIT, () => view.showTyping(""));
}

function comeBack() {
  if (!inSight()) return;
  header.clearUnread();
  conversation.refresh();
  draw();
}

document.addEventListener("visibilitychange", comeBack);
window.addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
window.addEventListener("online", conversation.refresh);
window.addEventListener("offline", conversation.networkGone);
window.addEventListener("storage", ({ key, newValue }) => {
  if (storage.ownKey(key) === "session") conversation.adopt(newValue);
});
clock.every(REFRESH_EVERY, () => document.hidden || conversation.refresh());

createTypeSize(byId("type-size"), storage, (resize) => {
  view.keepPlace(resize);
  composer.grow();
});
followViewport(window.visualViewport);
loadCompany({
  fetch: (address) => window.fetch(address),
  storage,
  clock,
  onCompany(company) {
    numbers.splice(0, numbers.length, ...(company.hotline ? [company.hotline] : []));
    limitMb = company.fileMb;
    header.showCompany(company);
    emergency.setHotline(company.hotline);
    draw();
  },
});

const collapse = byId("collapse");
collapse.hidden = !frame.framed;
collapse.addEventListener("click", frame.close);
document.addEventListener("keydown", ({ key, isComposing }) => {
  if (key === "Escape" && !isComposing && frame.framed && !document.querySelector("dialog[open]")) frame.close();
});

/** @param {string | null} session what the site around the page has kept for a frame that keeps nothing */
function begin(session) {
  if (session !== null && storage.get("session") === null) storage.set("session", session);
  for (const { id, message } of conversation.open()) if (message === LEAK_REPORT) emergency.watch(id);
  clock.after(REPLAY_TIME, () => byId("log").setAttribute("aria-busy", "false"));
}

frame.start();
