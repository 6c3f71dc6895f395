// Which conversations a person's list holds, and whose a conversation is. Mirrors what the server sends.

/** Owner of a conversation that left this person while the page was cut off: whose it is now is not known here. */
export const GONE = "gone";

export function isMine(me, summary) {
  return summary.owner === "agent" && summary.staff_id === me?.staff_id;
}

export function isLead(me) {
  return me?.role === "lead";
}

/** An emergency that still needs somebody: not accepted, or not sent out. Dismissed and closed ones are over. */
export function isPressing(summary) {
  const { emergency, owner } = summary;
  if (!emergency || owner === "closed" || emergency.step === "dismissed") return false;
  return emergency.accepted_by === null || emergency.step !== "dispatched";
}

export function concerns(me, summary) {
  if (summary.owner === "closed") return false;
  return isLead(me) || isMine(me, summary) || summary.owner === "queue" || summary.offline || isPressing(summary);
}

/** What the server lets this person read: what concerns him, and what he closed. */
export function mayRead(me, summary) {
  return isLead(me) || concerns(me, summary) || (summary.owner === "closed" && summary.staff_id === me?.staff_id);
}

/** Nobody writes in it yet and this person may. */
export function canTake(me, summary) {
  if (!me || !["agent", "lead"].includes(me.role) || summary.owner === "closed" || isMine(me, summary)) return false;
  return summary.owner === "queue" || summary.offline || isLead(me);
}

/** One's own; a lead reassigns everybody's and what waits. */
export function canTransfer(me, summary) {
  return isMine(me, summary) || (isLead(me) && ["agent", "queue"].includes(summary.owner));
}
