// The wiring of the desk: the only file that knows the page, the store and the connection at once.

import { browserClock } from "../shared/clock.js";
import { byId } from "../shared/dom.js";
import { createStorage } from "../shared/storage.js";
import { createAlarmView } from "./alarm_view.js";
import { createApi } from "../shared/staff_api.js";
import { createBoardView } from "./board_view.js";
import { createBreachesTab } from "./breaches_view.js";
import { createBroadcastStrip, createBroadcastTab } from "./broadcast_view.js";
import { createCannedDialog } from "./canned_dialog.js";
import { createClosingPreview } from "./closing_preview.js";
import { createComposerApi } from "./composer_api.js";
import { createConnectionView } from "./connection_view.js";
import { createCustomerApi } from "./customer_api.js";
import { createActions } from "./desk_actions.js";
import { createDialogs } from "./dialogs.js";
import { createDropOut } from "./drop_out_view.js";
import { createEars } from "./ears.js";
import { createFlags } from "./flags.js";
import { groupsOf } from "./groups.js";
import { happenings } from "./happenings.js";
import { createHandoverTab } from "./handover_view.js";
import { createHelp } from "./help_view.js";
import { createInspections } from "./inspections.js";
import { createLeadApi } from "./lead_api.js";
import { createLeadPanel } from "./lead_panel.js";
import { createListView } from "./list_view.js";
import { createLive } from "./live.js";
import { createLogTab } from "./log_view.js";
import { createNotices } from "./notices_view.js";
import { createPast } from "./past.js";
import { createPresenceView, createWhoView } from "./presence_view.js";
import { createOrdersDesk } from "./orders_desk.js";
import { createReading } from "./reading.js";
import { createReportTab } from "./report_view.js";
import { createRosterTab } from "./roster_view.js";
import { createSeatsView } from "./seats_view.js";
import { createSending } from "./sending.js";
import { serverNow } from "./server_clock.js";
import { createSatisfactionTab } from "./satisfaction_view.js";
import { createSearchView } from "./search_view.js";
import { createSession } from "./session.js";
import { listenToKeys } from "./shortcuts.js";
import { createSideView } from "./side_view.js";
import { createSigninView } from "../shared/signin_view.js";
import { createSoundView } from "./sound_view.js";
import { createSounds } from "./sounds.js";
import { createStore } from "./store.js";
import { createThreadSync } from "./thread_sync.js";
import { createThreadView } from "./thread_view.js";
import { titleOf } from "./title_view.js";
import { nextUrgent } from "./urgent.js";
import { createWhisperView } from "./whisper_view.js";
import { canTake, canTransfer, concerns, isLead, isMine } from "./visibility.js";
import { ROLES } from "./words.js";

const TICK_MS = 250; // a countdown is never more than this behind
const DRAW_MS = 16;
const FLASH_MS = 1_000;
const RESEND_MS = 10_000;

const clock = browserClock;
const store = createStore(clock);
const now = () => serverNow(store.state.skew, clock.now().getTime());

const api = createApi({ fetch: (...request) => fetch(...request), onSignedOut: () => session.ended() });
const leadApi = createLeadApi(api);
const composerApi = createComposerApi(api);
const customerApi = createCustomerApi(api);
const live = createLive({ clock, onFrame, onState });
const sync = createThreadSync({ store, api });
const sending = createSending({ store, api });
const storage = createStorage(() => sessionStorage);
const inspections = createInspections({ clock, api, leadApi, storage, entered: () => signin.hide() });
const session = createSession({ store, api, live, storage, clock, inspector: inspections.inspector, onSignedOut: (...why) => (leadPanel.close(), signin.show(...why)) });
const actions = createActions({ store, api, composerApi, sending, sync, clock });
const flags = createFlags({ store, api });
const reading = createReading({ live });
const past = createPast({ store, api: customerApi });

const lasting = createStorage(() => localStorage);
const dropOut = createDropOut({ store, storage: lasting, leadApi, open: openAndWrite, now });

const soundView = createSoundView({ unlock: () => sounds.unlock() });
const sounds = createSounds({ makeContext: () => new AudioContext(), onBlocked: onSoundBlocked });
const ears = createEars({ sounds, politely: byId("say-politely"), now: byId("say-now") });

const signin = createSigninView({ clock, signIn: (...who) => (sounds.unlock(), session.signIn(...who)) });
const dialogs = createDialogs({ ...actions, signOut });
const closing = createClosingPreview({ api: composerApi });
const list = createListView({ open: openAndWrite, openNextUrgent });
const cannedDialog = createCannedDialog({ api: composerApi, me: () => store.state.me, closed: () => thread.focusComposer() });
let limitMb = null; // the largest file that is taken
fetch("/api/public/company").then(async (answer) => (limitMb = (await answer.json()).file_mb ?? null), () => {});
const thread = createThreadView({
  clock,
  api: composerApi,
  live,
  actions,
  past,
  keepsakes: () => session.keepsakes(),
  limitMb: () => limitMb,
  askTransfer: () => openOne((summary) => dialogs.askTransfer(summary, store.state)),
  askClose: () => openOne(askClose),
  manageCanned: () => cannedDialog.show(),
  flags,
  leave: () => list.focusRow(store.state.openId),
});
const orders = createOrdersDesk({ api, clock, store, now, openConversation: openAndWrite, reload: actions.reload });
const side = createSideView({
  newOrder: orders.ask,
  openOrder: orders.open,
  clock,
  actions,
  api,
  customerApi,
  serverTime: now,
  askDismiss: () => openOne(dialogs.askDismiss),
  insert: thread.insert,
  leave: () => thread.focusComposer(),
});
const alarms = createAlarmView({ accept: actions.accept, open: openAndWrite, silence: actions.silence });
const notices = createNotices({ clock, open: openAndWrite, over: (id) => store.dispatch("notice_over", { id }) });
const search = createSearchView({ api: customerApi, clock, open: openFound });
const help = createHelp({ testSound: () => (sounds.play("assigned"), clock.after(700, () => sounds.play("warning"))) });
const reportTabs = [createReportTab({ store, leadApi }), createSatisfactionTab({ store, leadApi }), createLogTab({ clock, store, leadApi, openConversation: openLogged })];
const shiftTabs = [createBreachesTab({ clock, leadApi }), createRosterTab({ store, leadApi }), createHandoverTab({ clock, store, leadApi })];
const leadPanel = createLeadPanel({ store, tabs: [createSeatsView({ store, leadApi }), createBroadcastTab({ store, leadApi }), ...shiftTabs, ...inspections.tabs(store), ...reportTabs] });
const leadViews = [leadPanel, createWhisperView({ clock, store, leadApi }), createBroadcastStrip({ clock, store, storage: lasting })];
const drawn = [createBoardView(), list, thread, side, alarms, createPresenceView(actions), notices, createConnectionView(), dialogs, orders, ...leadViews];
const who = createWhoView();

// Frames in

function onFrame(type, body) {
  if (type === "signed_out") return session.ended();
  orders.hear(type, body);
  if (type !== "snapshot") return store.dispatch(type, body);
  dropOut.around(() => store.dispatch(type, body));
  session.onSnapshot();
  void catchUp();
  sending.resend();
}

/** What no live frame tells again: today's broadcasts, the skill groups, the board of this moment. */
async function catchUp() {
  const asked = { staffing: leadApi.staffing(), broadcasts: leadApi.broadcasts(), ...(isLead(store.state.me) ? { board: leadApi.board() } : {}) };
  for (const [frame, answer] of Object.entries(asked)) answer.then((body) => store.state.me && store.dispatch(frame, body), () => {}); // at the next snapshot again
}

function onState(state) {
  if (!store.state.me) return;
  store.dispatch("connection", { to: state === "open" ? "online" : "lost" });
  if (state === "lost") void session.probe();
}

// State out

let later = null; // calls the drawing off that was put off

store.subscribe((after, before, frame) => {
  session.keep(after, before);
  if (frame.type !== "snapshot") dropOut.keep(after);
  const news = happenings(before, after, frame);
  ears.hear(after, news);
  reading.tell(after);
  openAssigned(after, news);
  sync.check();
  // At once, so that the next key already goes to the conversation that was opened.
  if (frame.type === "opened") draw();
  else later ??= clock.after(DRAW_MS, draw);
});

function draw() {
  later?.();
  later = null;
  const { state } = store;
  byId("desk").hidden = !state.me;
  if (!state.me) return;
  signin.hide();
  who.render(state, ROLES);
  for (const view of drawn) view.render(state, now());
}

clock.every(TICK_MS, () => {
  if (!store.state.me || document.hidden) return;
  for (const view of drawn) view.tick?.(now());
});

clock.every(RESEND_MS, () => store.state.connection === "online" && sending.resend());

let flash = false;
clock.every(FLASH_MS, () => {
  flash = !flash;
  const title = titleOf(store.state, now(), flash);
  if (document.title !== title) document.title = title;
});

// What the person does

function openOne(act) {
  const summary = store.state.conversations.get(store.state.openId);
  if (summary) act(summary);
}

function askClose(summary) {
  dialogs.askClose(summary);
  void closing.show();
}

function openAndWrite(id) {
  orders.toggle(false);
  actions.open(id);
  thread.focusComposer();
}

/** A conversation that may not be in the list, at one of its messages. */
function openFound(conversation, seq) {
  orders.toggle(false);
  thread.want(conversation.id, seq);
  store.dispatch("opened", { conversationId: conversation.id, conversation });
  thread.focusComposer();
}

/** A conversation that the desk's log names. */
async function openLogged(id) {
  const { conversation } = await api.conversation(id);
  leadPanel.close();
  openFound(conversation, null);
}

function openNextUrgent() {
  const id = nextUrgent(store.state);
  if (id) openAndWrite(id);
}

function takeOpenOrFirst() {
  const { me, conversations, openId } = store.state;
  const open = conversations.get(openId);
  const target = open && canTake(me, open) ? open : groupsOf(store.state).find(({ key }) => key === "queue").rows[0];
  if (target) actions.take(target.id);
}

/** A conversation that was assigned opens by itself, unless another one is being looked at. */
function openAssigned({ me, conversations, openId }, news) {
  const got = news.find(({ what }) => what === "assigned")?.summary;
  const open = conversations.get(openId);
  if (got && (!open || !concerns(me, open))) actions.open(got.id);
}

function openNeighbour(step) {
  const id = list.neighbour(step);
  if (id) openAndWrite(id);
}

listenToKeys({
  target: document,
  actions: {
    nextUrgent: openNextUrgent,
    take: takeOpenOrFirst,
    focusQueue: list.focusQueue,
    searchKnowledge: side.focusKnowledge,
    search: search.show,
    adoptSuggestion: side.adoptSuggestion,
    apologise: dropOut.apologise,
    reply: thread.focusComposer,
    canned: thread.callCanned,
    hold: thread.hold,
    note: thread.toggleNote,
    attach: thread.attach,
    flag: flags.flagLast,
    transfer: () => openOne((summary) => canTransfer(store.state.me, summary) && dialogs.askTransfer(summary, store.state)),
    close: () => openOne((summary) => isMine(store.state.me, summary) && askClose(summary)),
    previous: () => openNeighbour(-1),
    next: () => openNeighbour(1),
    orders: () => orders.toggle(),
    help: help.show,
  },
});

byId("search-open").addEventListener("click", search.show);

byId("inspecting-signout").addEventListener("click", () => session.signOut().catch((error) => store.dispatch("notice", { text: error.message, tone: "danger" })));

byId("signout").addEventListener("click", () => {
  const { me, conversations } = store.state;
  const own = [...conversations.values()].filter((summary) => isMine(me, summary)).length;
  if (own > 0) dialogs.askSignout(own);
  else signOut().catch((error) => store.dispatch("notice", { text: error.message, tone: "danger" }));
});

async function signOut() {
  dropOut.forget();
  await session.signOut();
}

// Sound needs a gesture; the first click or key anywhere is one.
for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, () => sounds.blocked && sounds.unlock(), { capture: true });

function onSoundBlocked(blocked) {
  soundView.show(blocked);
  if (!blocked) ears.hear(store.state, []);
}

document.addEventListener("visibilitychange", () => {
  store.dispatch("visibility", { visible: !document.hidden });
  if (!document.hidden && store.state.me) live.wake();
});
window.addEventListener("online", () => store.state.me && live.wake());

soundView.show(true);
void session.resume();
