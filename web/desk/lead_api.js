// The REST calls of seats, of the lead and of the shifts (docs/desk.md), beside those every page of the staff makes.

/** @param {{request: (method: string, path: string, body?: object) => Promise<object>}} api see shared/staff_api.js */
export function createLeadApi({ request }) {
  const of = (id, rest) => `/conversations/${encodeURIComponent(id)}${rest}`;
  return {
    whisper: (id, text) => request("POST", of(id, "/whisper"), { text }),
    broadcast: (text, group) => request("POST", "/broadcasts", { text, group }),
    broadcasts: () => request("GET", "/broadcasts"),
    board: () => request("GET", "/board"),
    staffing: () => request("GET", "/staffing"),
    seat: (staffId, seat) => request("PUT", `/staff/${encodeURIComponent(staffId)}/seat`, seat),
    apologise: (id) => request("POST", of(id, "/apology"), {}),
  };
}
