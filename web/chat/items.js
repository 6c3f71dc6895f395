// From the transcript to what is shown: day lines, who speaks, which choices are open. Pure.

import { clockWords, dayKey, dayWords } from "../shared/times.js";
import { deliveryWords, speakerName } from "./words.js";

const QUIET = ["waiting_prompt", "notice"];

/**
 * @param {import("../shared/protocol.js").Message[]} messages in order
 * @param {{now: Date, online: boolean, progress?: (id: string) => number | null}} moment progress: of an upload, 0 to 1
 */
export function items(messages, { now, online, progress = () => null }) {
  const shown = [];
  let day = "";
  let previous = null;
  let question = null;
  const surveys = [];
  for (const message of messages) {
    const ownDay = dayKey(message.at) || day;
    if (ownDay !== day) {
      day = ownDay;
      previous = null;
      shown.push({ key: `day-${day}`, look: "day", words: dayWords(message.at, now) });
    }
    const item = messageItem(message, previous, { online, progress });
    const survey = message.speaker === "customer" && surveys.find((asked) => asked.open && choiceOf(asked, item));
    if (survey) settle(survey, item).open = false;
    else if (message.kind === "survey" && item.open) surveys.push(item);
    else question = after(question, item);
    shown.push(item);
    previous = message;
  }
  return shown;
}

function messageItem(message, previous, { online, progress }) {
  const own = message.speaker === "customer";
  const look = lookOf(message);
  const first = !previous || lookOf(previous) !== look || !sameVoice(previous, message);
  const bubble = look === "bubble";
  const time = clockWords(message.at);
  const newMinute = !previous || time !== clockWords(previous.at);
  return {
    key: message.id,
    look,
    text: message.text,
    name: bubble && first ? speakerName(message) : null,
    time: own || look === "safety" || newMinute || (bubble && first) ? time : "",
    at: message.at,
    speaker: message.speaker,
    delivery: own ? message.delivery : null,
    deliveryWords: own ? deliveryWords(message, online, progress(message.id)) : "",
    file: message.file ?? null,
    seq: message.seq,
    choices: message.choices.map((choice) => ({ ...choice, chosen: false })),
    open: message.choices.length > 0,
  };
}

const sameVoice = (one, other) => one.speaker === other.speaker && one.agent === other.agent;

function lookOf({ speaker, kind }) {
  if (speaker === "customer") return "own";
  if (kind === "safety") return "safety";
  return QUIET.includes(kind) ? "line" : "bubble";
}

/** The answer to a question: marks the choice it was, and shows its title instead of its payload. */
function settle(question, answer) {
  const chosen = choiceOf(question, answer);
  if (!chosen) return question;
  chosen.chosen = true;
  answer.text = chosen.title;
  return question;
}

const choiceOf = (question, answer) => question.choices.find(({ title, payload }) => answer.text === payload || answer.text === title);

/** What is still to be answered after `item`. A survey is apart: it may be answered at any time, by its buttons. */
function after(question, item) {
  if (item.speaker === "customer" && question) settle(question, item);
  return ends(question, item) ? close(question, item) : question;
}

/** A question is over with any answer, with a later question, and when a person takes over from whoever asked it. */
function ends(question, { speaker, choices }) {
  return speaker === "customer" || choices.length > 0 || (speaker === "agent" && question?.speaker !== "agent");
}

function close(question, item) {
  if (question) question.open = false;
  return item.choices.length > 0 ? item : null;
}
