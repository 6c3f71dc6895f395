// Which emergencies ring on this page, and what the banner says of them.

import { isUndispatched } from "./deadline.js";

/** @returns {{summary: object, reason: "raised" | "undispatched"}[]} the oldest first */
export function ringing(state) {
  const rings = [];
  for (const summary of state.conversations.values()) {
    const reason = reasonToRing(state, summary);
    if (reason) rings.push({ summary, reason });
  }
  return rings.sort((a, b) => Date.parse(a.summary.emergency.raised_at) - Date.parse(b.summary.emergency.raised_at));
}

function reasonToRing(state, summary) {
  const { emergency, owner, id } = summary;
  if (!emergency || owner === "closed" || emergency.step === "dismissed") return null;
  if (state.silenced.has(id) && emergency.accepted_by !== null) return null;
  const late = emergency.overdue || state.alarms.get(id) === "undispatched";
  if (late && isUndispatched(summary)) return "undispatched";
  return emergency.accepted_by === null ? "raised" : null;
}

/** Written from the Summary, which is newer than the frame that raised the alarm: the address may be known by now. */
export function alarmText({ summary, reason }) {
  const { label, address } = summary.emergency;
  const title = `${reason === "undispatched" ? "险情未派单" : "险情报警"}：${label}`;
  return { title, text: `${summary.customer} · ${address || "地址未知"}` };
}

/** May be noted by somebody it is not the job of; nobody may silence what has not been accepted. */
export function canSilence(me, summary) {
  return summary.emergency.accepted_by !== null && summary.emergency.accepted_by !== me.staff_id;
}
