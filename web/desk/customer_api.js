// The REST calls on the customer behind a conversation (docs/protocol.md §2).

/** @param {{request: Function}} api see shared/staff_api.js */
export function createCustomerApi({ request: call }) {
  const of = (id, rest = "") => `/conversations/${encodeURIComponent(id)}/customer${rest}`;

  return {
    card: (id) => call("GET", of(id)),
    reveal: (id, field) => call("POST", of(id, "/reveal"), { field }),
    /** @param {{number?: string, address?: string, phone?: string, holder?: string}} stated what the customer said */
    verify: (id, stated) => call("POST", of(id, "/account"), stated),
    /** @param {string} before where to go on; "": at the end */
    history: (id, before) => call("GET", `/conversations/${encodeURIComponent(id)}/history?before=${encodeURIComponent(before)}`),
    search: (words, before) => call("GET", `/search?q=${encodeURIComponent(words)}${before ? `&before=${before}` : ""}`),
    sendLinkCode: (id) => call("POST", of(id, "/link-code"), {}),
    unlink: (id) => call("DELETE", of(id, "/link")),
    addTag: (id, text) => call("POST", of(id, "/tags"), { text }),
    dropTag: (id, text) => call("DELETE", of(id, `/tags/${encodeURIComponent(text)}`)),
  };
}
