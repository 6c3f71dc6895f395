// The REST calls of seats, of the lead and of the shifts (docs/desk.md), beside those every page of the staff makes.

const REPORT_MS = 30_000; // two years of a city

/** @param {{request: (method: string, path: string, body?: object) => Promise<object>}} api see shared/staff_api.js */
export function createLeadApi({ request }) {
  const of = (id, rest) => `/conversations/${encodeURIComponent(id)}${rest}`;
  return {
    whisper: (id, text) => request("POST", of(id, "/whisper"), { text }),
    broadcast: (text, group) => request("POST", "/broadcasts", { text, group }),
    broadcasts: () => request("GET", "/broadcasts"),
    breachBook: (query) => request("GET", `/breach-book${query ? `?${query}` : ""}`),
    breach: (number) => request("GET", `/breach-book/${number}`),
    surveyReport: (query) => request("GET", `/survey-report${query ? `?${query}` : ""}`),
    serviceReport: (query) => request("GET", `/service-report?${query}`, undefined, REPORT_MS),
    deskLog: (query) => request("GET", `/desk-log${query ? `?${query}` : ""}`),
    roster: (first) => request("GET", `/roster${first ? `?first=${first}` : ""}`),
    plan: (duty) => request("PUT", "/roster", duty),
    handovers: () => request("GET", "/shift-handovers"),
    makeHandover: (shift) => request("POST", "/shift-handovers", { shift }),
    writeHandover: (id, written) => request("PUT", `/shift-handovers/${encodeURIComponent(id)}`, written),
    signHandover: (id) => request("POST", `/shift-handovers/${encodeURIComponent(id)}/sign`, {}),
    board: () => request("GET", "/board"),
    staffing: () => request("GET", "/staffing"),
    seat: (staffId, seat) => request("PUT", `/staff/${encodeURIComponent(staffId)}/seat`, seat),
    apologise: (id) => request("POST", of(id, "/apology"), {}),
  };
}
