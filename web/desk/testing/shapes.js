// Shapes of docs/protocol.md for the tests of this folder.

export const T = Date.parse("2026-01-05T09:00:00.000Z");
export const iso = (ms) => new Date(ms).toISOString();

/** A Summary; give what the test is about. */
export function summary(fields) {
  return {
    id: "c1",
    channel: "web",
    customer: "访客 3F2A",
    owner: "bot",
    staff_id: null,
    priority: "normal",
    opened_at: iso(T),
    queued_at: null,
    closed_at: null,
    waiting_since: null,
    position: null,
    offline: false,
    handoff_reason: "",
    breaches: 0,
    last_message: null,
    deadlines: { prompt_at: null, warn_at: null, breach_at: null, dispatch_at: null },
    emergency: null,
    ...fields,
  };
}

export function emergency(fields) {
  return {
    kind: "indoor_leak",
    label: "室内泄漏",
    step: "address",
    address: "",
    confirmed: false,
    raised_at: iso(T),
    accepted_by: null,
    order_number: null,
    overdue: false,
    ...fields,
  };
}

export function message(seq, fields) {
  return {
    id: `m${seq}`,
    seq,
    at: iso(T + seq * 1000),
    speaker: "customer",
    kind: null,
    staff_id: null,
    text: `第 ${seq} 条`,
    buttons: [],
    delivery: "delivered",
    ...fields,
  };
}

export function staff(fields) {
  return { staff_id: "101", name: "李敏", role: "agent", presence: "online", reason: "", load: 0, capacity: 5, ...fields };
}
