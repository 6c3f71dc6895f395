// Names and shapes of docs/protocol.md §1, and the only place that trusts nothing a frame holds.

export const CALLS = Object.freeze({
  SESSION_REQUEST: "session_request",
  USER_UTTERED: "user_uttered",
  TYPING: "typing",
  SEEN: "seen",
});

export const EVENTS = Object.freeze({
  SESSION_CONFIRM: "session_confirm",
  BOT_UTTERED: "bot_uttered",
  USER_ECHO: "user_echo",
  TYPING: "typing",
  STATUS: "status",
  ERROR_NOTICE: "error_notice",
});

export const SPEAKERS = Object.freeze(["bot", "agent", "system"]);
export const KINDS = Object.freeze(["answer", "question", "safety", "greeting", "waiting_prompt", "notice", "survey"]);
const FILE_KINDS = Object.freeze(["image", "video", "voice", "file"]);
export const OWNERS = Object.freeze(["bot", "queue", "agent", "closed"]);

/** Characters (code points, as the server counts them) a message may hold after trimming. */
export const MAX_CHARACTERS = 4000;

/**
 * @typedef {object} Message
 * @property {string} id
 * @property {number | null} seq null until the server has stored it
 * @property {string | null} at ISO 8601
 * @property {"customer" | "bot" | "agent" | "system"} speaker
 * @property {string} kind
 * @property {string | null} agent staff number
 * @property {string} text
 * @property {{title: string, payload: string}[]} choices
 * @property {"pending" | "delivered" | "failed" | null} delivery of the customer's own messages
 * @property {File | null} file what it carries
 * @property {string | null} error why it was refused
 * @property {number | null} [place] of a failed message: the number it is shown behind
 */

/** @typedef {{kind: "image" | "video" | "voice" | "file", name: string, type: string, size: number}} File */

/** A `bot_uttered` frame as a message, or null when it has no text to show. */
export function botMessage(frame, makeId) {
  if (!isText(frame?.text)) return null;
  const { speaker, kind, agent } = frame.metadata ?? {};
  return {
    ...numbered(frame.metadata, makeId),
    speaker: SPEAKERS.includes(speaker) ? speaker : "system",
    kind: KINDS.includes(kind) ? kind : "answer",
    agent: textOrNull(agent),
    text: frame.text,
    choices: choices(frame.quick_replies),
    file: fileOf(frame.metadata?.file),
    delivery: null,
    error: null,
  };
}

/** A `user_echo` frame as a message, or null when it has no text to show. */
export function echoedMessage(frame, makeId) {
  if (!isText(frame?.text)) return null;
  return { ...ownMessage(frame.text), file: fileOf(frame.metadata?.file), ...numbered(frame.metadata, makeId), delivery: "delivered" };
}

/** A message the customer has just written: not yet stored by the server. */
export function writtenMessage({ id, at, text, file }) {
  return { ...ownMessage(text), file: fileOf(file), id, at };
}

/** A `status` frame; one without an owner is about the assistant alone. An owner we do not know changes nothing. */
export function status(frame, known) {
  const starting = frame?.assistant === undefined ? (known?.starting ?? false) : frame.assistant === "starting";
  if (frame?.owner === undefined && known) return { ...known, starting };
  if (!OWNERS.includes(frame?.owner)) return known;
  return {
    owner: frame.owner,
    starting,
    position: Number.isInteger(frame.position) && frame.position > 0 ? frame.position : null,
    agent: textOrNull(frame.agent),
  };
}

/** Who is typing, or null for nobody. */
export function typist(frame) {
  return frame?.on === true && SPEAKERS.includes(frame.speaker) ? frame.speaker : null;
}

/** What an `error_notice` says. */
export const notice = (frame) => textOrNull(frame?.error) ?? "";

/** Length as the server counts it. */
export const characters = (text) => [...text].length;

function ownMessage(text) {
  const speaker = "customer";
  return { id: "", seq: null, at: null, speaker, kind: "answer", agent: null, text, choices: [], file: null, delivery: "pending", error: null };
}

function numbered(metadata, makeId) {
  const { id, seq, at } = metadata ?? {};
  return { id: textOrNull(id) ?? makeId(), seq: Number.isInteger(seq) && seq > 0 ? seq : null, at: textOrNull(at) };
}

function choices(replies) {
  if (!Array.isArray(replies)) return [];
  return replies
    .filter((reply) => isText(reply?.title))
    .map(({ title, payload }) => ({ title, payload: isText(payload) ? payload : title }));
}

function fileOf(file) {
  if (!isText(file?.name) || !Number.isInteger(file.size)) return null;
  const { kind, name, type, size } = file;
  return { kind: FILE_KINDS.includes(kind) ? kind : "file", name, type: isText(type) ? type : "", size };
}

const isText = (value) => typeof value === "string" && value.trim() !== "";
const textOrNull = (value) => (typeof value === "string" && value !== "" ? value : null);
