// Which emergencies ring on this page, and what the banner says of them.

import { isUndispatched } from "./deadline.js";

/** @returns {{summary: object, reason: "raised" | "undispatched", text: string}[]} the most urgent first */
export function ringing(state) {
  const rings = [];
  for (const summary of state.conversations.values()) {
    const reason = reasonToRing(state, summary);
    if (reason) rings.push({ summary, reason, text: alarmText(state, summary, reason) });
  }
  return rings.sort((a, b) => Date.parse(a.summary.emergency.raised_at) - Date.parse(b.summary.emergency.raised_at));
}

function reasonToRing(state, summary) {
  const { emergency, owner, id } = summary;
  if (!emergency || owner === "closed" || emergency.step === "dismissed") return null;
  if (state.silenced.has(id) && emergency.accepted_by !== null) return null;
  const late = emergency.overdue || state.alarms.get(id)?.reason === "undispatched";
  if (late && isUndispatched(summary)) return "undispatched";
  return emergency.accepted_by === null ? "raised" : null;
}

function alarmText(state, summary, reason) {
  const told = state.alarms.get(summary.id);
  if (told?.reason === reason && told.text) return told.text;
  return reason === "undispatched" ? "超过 1 分钟仍未派单" : "有紧急情况，尚无人接警";
}

/** May be noted by somebody it is not the job of; nobody may silence what has not been accepted. */
export function canSilence(me, summary) {
  return summary.emergency.accepted_by !== null && summary.emergency.accepted_by !== me.staff_id;
}
