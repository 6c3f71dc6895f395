// The calls on work orders (docs/casework.md).

/** @param {{request: (method: string, path: string, body?: object) => Promise<any>}} api see staff_api.js */
export function createOrdersApi({ request: call }) {
  const of = (number, rest = "") => `/orders/${encodeURIComponent(number)}${rest}`;

  return {
    /** @param {Record<string, string>} wanted state, type, mine, q */
    list: (wanted = {}) => call("GET", `/orders?${new URLSearchParams(wanted)}`),
    undelivered: () => call("GET", "/orders/undelivered"),
    retry: (webhookId) => call("POST", `/orders/undelivered/${encodeURIComponent(webhookId)}/retry`, {}),
    one: (number) => call("GET", of(number)),
    draft: (conversationId) => call("GET", `/order-draft/${encodeURIComponent(conversationId)}`),
    file: (form) => call("POST", "/orders", form),
    edit: (number, fields) => call("PATCH", of(number), fields),
    note: (number, text) => call("POST", of(number, "/notes"), { text }),
    assign: (number, to) => call("POST", of(number, "/assign"), { to }),
    dispatch: (number, handling) => call("POST", of(number, "/dispatch"), handling ? { handling } : {}),
    link: (number) => call("POST", of(number, "/report-link"), {}),
    report: (number, result, solved) => call("POST", of(number, "/report"), { result, solved }),
    answer: (number, text) => call("POST", of(number, "/answer"), { text }),
    archive: (number) => call("POST", of(number, "/archive"), {}),
    extend: (number, days, reason) => call("POST", of(number, "/extension"), { days, reason }),
    decide: (number, granted) => call("POST", of(number, "/extension/decision"), { granted }),
  };
}
