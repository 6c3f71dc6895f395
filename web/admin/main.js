// The administrator's page: who works here and whether the assistant is up; labelling what customers wrote; training and releasing; channels.

import { browserClock } from "../shared/clock.js";
import { byId, element, setText } from "../shared/dom.js";
import { createSigninView } from "../shared/signin_view.js";
import { createApi } from "../shared/staff_api.js";
import { PRESENCES, ROLES } from "../shared/staff_words.js";
import { rowOf } from "../shared/table.js";
import { createChannelsView } from "./channels_view.js";
import { createModelsView } from "./models_view.js";
import { createReviewView } from "./review_view.js";
import { statusRows } from "./status_rows.js";
import { createTextsView } from "./texts_view.js";
import { createTabs } from "./tabs.js";

const REFRESH_MS = 15_000;
const ENDED = "登录已失效，请重新登录。";
const WRONG_PAGE = "本页供管理员使用；坐席和班长请打开坐席工作台。";

let signedIn = false;
const api = createApi({ fetch: (...request) => fetch(...request), onSignedOut: () => signedIn && leave(ENDED) });
const signin = createSigninView({ clock: browserClock, signIn: async (...who) => enter((await api.login(...who)).staff) });

const texts = createTextsView({ root: byId("texts-page"), request: api.request });
const review = createReviewView({ root: byId("review-page"), request: api.request, counted: showCount, propose });
const models = createModelsView({ root: byId("models-page"), request: api.request, changed: () => void refresh() });
const channels = createChannelsView({ root: byId("channels-page"), request: api.request, clock: browserClock });
const tabs = createTabs({ initial: "system", changed: (tab) => (tab === "review" && review.entered(), void refresh(tab === "models" ? models.open : undefined)) });

/** What customers say is none of the known intents: to the page where a new one is made of it. */
function propose(examples) {
  location.hash = "#texts";
  void texts.proposeIntent(examples).catch((error) => setText(byId("trouble"), error.message));
}

function showCount(open) {
  setText(byId("review-count"), String(open));
  byId("review-count").hidden = !open;
}

function enter(staff) {
  if (staff.role !== "admin") return leave(WRONG_PAGE);
  signedIn = true;
  signin.hide();
  byId("admin").hidden = false;
  setText(byId("who"), `${staff.staff_id} ${staff.name} · ${ROLES[staff.role]}`);
  tabs.show();
}

function leave(why) {
  signedIn = false;
  byId("admin").hidden = true;
  signin.show(why);
}

/** @param {() => Promise<unknown>} [loadModels] */
async function refresh(loadModels = models.load) {
  if (!signedIn || document.hidden) return;
  const training = tabs.current() === "models" ? loadModels() : tabs.current() === "texts" ? texts.load() : null;
  const ways = tabs.current() === "channels" ? channels.load() : null;
  const [staff, status, ...others] = await Promise.allSettled([api.staff(), api.status(), review.load(), training, ways]);
  if (staff.status === "fulfilled") showStaff(staff.value.staff);
  if (status.status === "fulfilled") byId("status").replaceChildren(...statusRows(status.value).map(statusRow));
  const failed = [staff, status, ...others].find((answer) => answer.status === "rejected");
  setText(byId("trouble"), failed ? `没有取到最新数据：${failed.reason.message}` : "");
  byId("trouble").hidden = !failed;
}

function statusRow({ name, value, tone }) {
  return element("div", {}, element("dt", { text: name }), element("dd", { text: value, class: tone }));
}

function showStaff(staff) {
  const online = staff.filter(({ presence }) => presence === "online").length;
  setText(byId("staff-count"), `${staff.length} 人，在线 ${online} 人`);
  byId("staff").replaceChildren(...staff.map(staffRow));
}

function staffRow({ staff_id, name, role, presence, reason, load, capacity }) {
  const state = (PRESENCES[presence] ?? presence) + (reason ? `（${reason}）` : "");
  return rowOf([staff_id, name, ROLES[role] ?? role, state, `${load} / ${capacity}`]);
}

async function resume() {
  try {
    await enter((await api.me()).staff);
  } catch (error) {
    signin.show(error.status === 401 ? "" : error.message);
  }
}

byId("refresh").addEventListener("click", () => refresh(models.open));
byId("signout").addEventListener("click", async () => {
  await api.logout().catch(() => {});
  leave("");
});
document.addEventListener("visibilitychange", () => refresh());
browserClock.every(REFRESH_MS, () => refresh());
void resume();
