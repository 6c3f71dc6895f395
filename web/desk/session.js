// Signing in and out, and noticing that the session has ended. Drafts and unsent messages outlive an ended session.

import { startOfDay } from "./board.js";
import { createKeepsakes } from "./keepsakes.js";
import { EMPTY_THREAD } from "./thread_state.js";
import { isLead } from "./visibility.js";

const ENDED = "登录已失效，请重新登录。未发送的内容已保留。";
const WRONG_PAGE = "本页供坐席、班长和质检员使用；您的账号没有坐席权限。管理员请打开 /admin。";
const NOT_CONFIRMED = "此前没有得到服务器确认，请重试，不会重复发送。";
const DESK_ROLES = new Set(["agent", "lead"]);

/**
 * @param {{store: object, api: object, live: object, storage: object, clock: object, inspector: object, onSignedOut: (why: string, staffId?: string) => void}} parts
 *   `inspector`: see inspector_desk.js; his page is another one, and he has no live connection
 */
export function createSession({ store, api, live, storage, clock, inspector, onSignedOut }) {
  let keepsakes = createKeepsakes(storage, "");
  let restored = false;

  function enter(staff) {
    if (staff.role === "inspector") {
      keepsakes = createKeepsakes(storage, staff.staff_id);
      return inspector.enter(staff);
    }
    if (!DESK_ROLES.has(staff.role)) return leave(WRONG_PAGE);
    keepsakes = createKeepsakes(storage, staff.staff_id);
    restored = false;
    store.dispatch("signed_in", { staff });
    return live.open();
  }

  function leave(why) {
    const was = (store.state.me ?? inspector.me())?.staff_id;
    live.close();
    inspector.leave();
    store.dispatch("signed_out");
    onSignedOut(why, was);
  }

  /** After the first snapshot: the conversation that was open, and messages nobody confirmed. */
  function restore() {
    if (restored) return;
    restored = true;
    const [open, unsent] = [keepsakes.open(), keepsakes.unsent()];
    if (store.state.conversations.has(open)) store.dispatch("opened", { conversationId: open });
    for (const { conversationId, ...draft } of unsent) {
      store.dispatch("sending", { conversationId, ...draft });
      store.dispatch("send_failed", { conversationId, id: draft.id, error: NOT_CONFIRMED, offline: false });
    }
  }

  async function loadBreaches() {
    if (!isLead(store.state.me)) return;
    try {
      store.dispatch("breaches", await api.breaches(startOfDay(clock.now())));
    } catch (error) {
      if (error.status !== 401) store.dispatch("notice", { text: `今日超时次数没有载入：${error.message}`, tone: "danger" });
    }
  }

  return {
    keepsakes: () => keepsakes,
    ended: () => (store.state.me || inspector.me()) && leave(ENDED),

    async signIn(staffId, password) {
      const { staff } = await api.login(staffId, password);
      enter(staff);
    },

    async signOut() {
      await api.logout();
      keepsakes.clear();
      leave("");
    },

    /** At start: still signed in? @returns {Promise<void>} */
    async resume() {
      try {
        const { staff } = await api.me();
        enter(staff);
      } catch (error) {
        onSignedOut(error.status === 401 ? "" : error.message);
      }
    },

    /** The connection failed: because the session has ended? */
    async probe() {
      try {
        await api.me();
      } catch (error) {
        if (error.status === 401 && store.state.me) leave(ENDED);
      }
    },

    /** After each snapshot. */
    onSnapshot() {
      restore();
      void loadBreaches();
    },

    /** Keep what must outlive the page. */
    keep(after, before) {
      if (!after.me) return;
      if (after.openId !== before.openId) keepsakes.keepOpen(after.openId);
      for (const [id, { outbox }] of after.threads) {
        if (outbox !== (before.threads.get(id) ?? EMPTY_THREAD).outbox) keepsakes.keepUnsent(id, outbox);
      }
    },
  };
}
