// The staff REST calls (docs/protocol.md §2): JSON in, JSON out, one kind of error.

const TIMEOUT_MS = 10_000;
const UPLOAD_MS = 180_000;
const ASSISTANT_MS = 25_000; // the server waits 20 seconds for it
const UNREACHABLE = "连接不上服务器，请检查网络后重试。";
const NO_ANSWER = "服务器没有及时回应，请稍后重试。";
const BROKEN = "服务器暂时出错，请稍后重试。";

export class ApiError extends Error {
  /** @param {{status: number, code: string, message: string, retryAfter?: number | null, fields?: object}} parts `status` 0: not reached */
  constructor({ status, code, message, retryAfter = null, fields = {}, findings = [] }) {
    super(message);
    Object.assign(this, { status, code, retryAfter, fields, findings });
  }

  /** Nobody knows whether the server did it: safe to repeat with the same id. */
  get unreachable() {
    return this.status === 0 || this.status >= 502;
  }
}

/** A file goes as it is, anything else as JSON. */
function contentOf(body) {
  if (body instanceof Blob) return { body, headers: { "Content-Type": "application/octet-stream" } };
  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

/** @param {{fetch: typeof fetch, timeout?: (ms: number) => AbortSignal, onSignedOut: () => void}} parts */
export function createApi({ fetch, timeout = (ms) => AbortSignal.timeout(ms), onSignedOut }) {
  async function call(method, path, body, limit = TIMEOUT_MS) {
    const response = await reach(method, path, body, limit);
    if (response.ok) return response.status === 204 ? null : await readJson(response);
    const error = await refusal(response);
    if (error.status === 401 && path !== "/login" && path !== "/me") onSignedOut();
    throw error;
  }

  async function reach(method, path, body, limit) {
    const content = body === undefined ? {} : contentOf(body);
    try {
      return await fetch(`/api${path}`, { method, credentials: "same-origin", cache: "no-store", signal: timeout(limit), ...content });
    } catch (failure) {
      const slow = failure?.name === "TimeoutError";
      throw new ApiError({ status: 0, code: slow ? "no_answer" : "unreachable", message: slow ? NO_ANSWER : UNREACHABLE });
    }
  }

  const of = (id, rest = "") => `/conversations/${encodeURIComponent(id)}${rest}`;

  return {
    /** Any other call: `request("GET", "/training/review")`; a fourth argument gives it more time, in milliseconds. */
    request: call,
    login: (staff_id, password) => call("POST", "/login", { staff_id, password }),
    logout: () => call("POST", "/logout", {}),
    me: () => call("GET", "/me"),
    presence: (state, reason) => call("PUT", "/presence", reason ? { state, reason } : { state }),
    conversation: (id) => call("GET", of(id)),
    take: (id) => call("POST", of(id, "/take"), {}),
    send: (id, message) => call("POST", of(id, "/messages"), message),
    /** `file`: a File or Blob with a name. */
    sendFile: (id, messageId, file) => call("POST", of(id, `/files?id=${messageId}&name=${encodeURIComponent(file.name)}`), file, UPLOAD_MS),
    transfer: (id, to, note) => call("POST", of(id, "/transfer"), note ? { to, note } : { to }),
    close: (id, outcome) => call("POST", of(id, "/close"), outcome),
    accept: (id) => call("POST", of(id, "/emergency/accept"), {}),
    dispatch: (id, where) => call("POST", of(id, "/emergency/dispatch"), where),
    dismiss: (id, reason) => call("POST", of(id, "/emergency/dismiss"), { reason }),
    staff: () => call("GET", "/staff"),
    breaches: (since) => call("GET", `/breaches?since=${encodeURIComponent(since)}`),
    status: () => call("GET", "/status"),
    suggestion: (id, seq) => call("GET", of(id, `/messages/${seq}/suggestion`), undefined, ASSISTANT_MS),
    knowledge: (words, limit) => call("GET", `/knowledge?q=${encodeURIComponent(words)}&limit=${limit}`),
  };
}

async function readJson(response) {
  try {
    return await response.json();
  } catch {
    throw new ApiError({ status: 502, code: "broken_answer", message: BROKEN });
  }
}

async function refusal(response) {
  const { error } = await response.json().catch(() => ({}));
  const header = Number(response.headers.get("Retry-After"));
  return new ApiError({
    status: response.status,
    code: error?.code ?? "unknown",
    message: error?.message ?? BROKEN,
    retryAfter: error?.retry_after ?? (header > 0 ? header : null),
    fields: error?.fields,
    findings: error?.findings,
  });
}
