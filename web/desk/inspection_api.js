// The REST calls of quality inspection (docs/desk.md), beside those every page of the staff makes.

/** @param {{request: (method: string, path: string, body?: object) => Promise<object>}} api see shared/staff_api.js */
export function createInspectionApi({ request }) {
  const asked = (path, query) => request("GET", `/inspections/${path}${query ? `?${query}` : ""}`);
  const part = encodeURIComponent;
  let rules = null;
  return {
    /** The same all day: asked for once. */
    rules: async () => (rules ??= await asked("rules")),
    cases: (query) => asked("cases", query),
    draw: (month) => request("POST", "/inspections/draw", { month }),
    record: (conversationId) => asked(`cases/${part(conversationId)}`),
    save: (conversationId, sheet) => request("PUT", `/inspections/cases/${part(conversationId)}`, sheet),
    publish: (id, version) => request("POST", `/inspections/${part(id)}/publish`, { version }),
    own: (query) => asked("own", query),
    published: (query) => asked("published", query),
    scores: (query) => asked("scores", query),
    object: (id, reason) => request("POST", `/inspections/${part(id)}/objection`, { reason }),
    decide: (id, decision) => request("POST", `/inspections/${part(id)}/decision`, decision),
  };
}
