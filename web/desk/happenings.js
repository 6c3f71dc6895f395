// What a frame means to ears: the difference between two states, for sounds and for the screen reader.

import { isMine } from "./visibility.js";

/** @returns {{what: "assigned" | "warned" | "wrote", summary: object, text?: string}[]} */
export function happenings(before, after, { type, body }) {
  if (type === "conversation") return assigned(before, after, body.conversation);
  if (type === "warning") return warned(after, body.conversation_id);
  if (type === "message") return wrote(before, after, body);
  return [];
}

function assigned(before, after, summary) {
  const had = before.conversations.get(summary.id);
  const got = after.conversations.get(summary.id);
  if (!got || !isMine(after.me, got) || (had && isMine(before.me, had))) return [];
  return [{ what: "assigned", summary: got }];
}

function warned(after, id) {
  const summary = after.conversations.get(id);
  return summary ? [{ what: "warned", summary }] : [];
}

function wrote(before, after, { conversation_id: id, message }) {
  const summary = after.conversations.get(id);
  const again = (before.conversations.get(id)?.last_message?.seq ?? 0) >= message.seq;
  if (!summary || again || message.speaker !== "customer") return [];
  return [{ what: "wrote", summary, text: message.text }];
}
