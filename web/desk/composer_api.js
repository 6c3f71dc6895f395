// The REST calls around the reply box (docs/protocol.md §2).

/** @param {{request: Function}} api see shared/staff_api.js */
export function createComposerApi({ request: call }) {
  const of = (id, rest) => `/conversations/${encodeURIComponent(id)}/${rest}`;
  const canned = (id) => `/canned-replies/${encodeURIComponent(id)}`;

  return {
    draft: (id, text) => call("POST", of(id, "draft"), { text }),
    hold: (id) => call("POST", of(id, "hold"), {}),
    note: (id, note) => call("POST", of(id, "notes"), note),
    closingScripts: () => call("GET", "/closing-scripts"),
    cannedReplies: () => call("GET", "/canned-replies"),
    addCannedReply: (reply) => call("POST", "/canned-replies", reply),
    changeCannedReply: (id, reply) => call("PUT", canned(id), reply),
    dropCannedReply: (id) => call("DELETE", canned(id)),
  };
}
