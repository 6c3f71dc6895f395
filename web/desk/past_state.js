// What the customer said before the open conversation, page by page. Pure: every function returns a new value.

export const NO_PAST = Object.freeze({
  conversations: [], // {id, channel, staff_id, opened_at, category, messages}, the earliest first
  before: "", // where to go on; "": nothing was asked yet; null: nothing is before
  state: "idle", // idle | loading | failed
  error: "",
});

export const startPast = (past) => ({ ...past, state: "loading", error: "" });

export const failPast = (past, error) => ({ ...past, state: "failed", error });

/** A page before what is known; a conversation that it cuts goes on where the page ends. */
export function addPast(past, { conversations, before }) {
  const last = conversations.at(-1);
  const first = past.conversations[0];
  const cut = last && first && last.id === first.id;
  const joined = cut ? [{ ...first, messages: [...last.messages, ...first.messages] }, ...past.conversations.slice(1)] : past.conversations;
  return { conversations: [...(cut ? conversations.slice(0, -1) : conversations), ...joined], before, state: "idle", error: "" };
}

export const canGoOn = (past) => past.before !== null && past.state !== "loading";
