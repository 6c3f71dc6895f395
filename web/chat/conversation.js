// The customer's conversation without a screen: what was said, what is on its way, whether the server is there.

import { createConnection } from "../shared/connection.js";
import { newId } from "../shared/ids.js";
import { FILES, createOutbox } from "../shared/outbox.js";
import * as protocol from "../shared/protocol.js";
import { createSender } from "../shared/sender.js";
import { createSession } from "../shared/session.js";
import * as transcripts from "../shared/transcript.js";

const { CALLS, EVENTS } = protocol;

/**
 * @param {object} parts
 * @param parts.socket a socket.io-client Socket, not yet connected
 * @param {() => void} parts.onChange messages, status or link have changed
 * @param {(message: protocol.Message) => void} parts.onMessage one has come in
 * @param {() => void} parts.onReady the session is confirmed: what waits can go
 * @param {(speaker: "bot" | "agent" | "system" | null) => void} parts.onTyping
 * @param {(id: string) => void} parts.onSettled the server has it, or the customer has given it up
 * @param {(id: string, error: string | null) => void} parts.onFailed refused, or unanswered (null)
 * @param {(error: string) => void} parts.onNotice
 */
export function createConversation({ socket, storage, clock, ...parts }) {
  const outbox = createOutbox(storage);
  const fileOutbox = createOutbox(storage, FILES);
  let transcript = transcripts.EMPTY;
  let status = null;
  let link = "connecting";
  let seen = 0;

  const connection = createConnection({
    socket,
    clock,
    onState(state) {
      if (state === "open") return session.ask();
      parts.onTyping(null);
      setLink("lost");
    },
  });

  const session = createSession({
    socket,
    storage,
    clock,
    resumeAfter: () => transcripts.resumeAfter(transcript),
    hasGap: () => transcripts.hasGap(transcript),
    onGapAccepted: () => change(transcripts.acceptGap(transcript)),
    onReplaced() {
      seen = 0;
      change(transcripts.restart(transcript));
    },
    onConfirmed() {
      setLink("open");
      sender.flush();
      parts.onReady();
    },
    onSilence: () => connection.reopen(),
  });

  const sender = createSender({
    socket,
    outbox,
    clock,
    sessionId: session.id,
    onAccepted: accepted,
    onRefused(id, error) {
      outbox.markRefused(id, error, transcripts.highest(transcript));
      fail(id, error);
    },
    onUnanswered: (id) => fail(id, null),
    onRetried: (id) => change(transcripts.retry(transcript, id)),
  });

  socket.on(EVENTS.BOT_UTTERED, (frame) => receive(protocol.botMessage(frame, newId)));
  socket.on(EVENTS.USER_ECHO, (frame) => receive(protocol.echoedMessage(frame, newId)));
  socket.on(EVENTS.TYPING, (frame) => parts.onTyping(protocol.typist(frame)));
  socket.on(EVENTS.ERROR_NOTICE, (frame) => parts.onNotice(protocol.notice(frame)));
  socket.on(EVENTS.STATUS, (frame) => {
    status = protocol.status(frame, status);
    parts.onChange();
  });

  function receive(message) {
    if (!message) return;
    if (message.speaker === "customer") {
      sender.forget(message.id);
      parts.onSettled(message.id);
    }
    change(transcripts.receive(transcript, message));
    session.mindGap();
    parts.onMessage(message);
  }

  function accepted(id, seq) {
    change(transcripts.accept(transcript, id, seq));
    session.mindGap();
    parts.onSettled(id);
  }

  function fail(id, error) {
    change(transcripts.fail(transcript, id, error));
    parts.onFailed(id, error);
  }

  function change(next) {
    transcript = next;
    parts.onChange();
  }

  function setLink(state) {
    link = state;
    parts.onChange();
  }

  return {
    messages: () => transcript.messages,
    status: () => status,
    link: () => link,
    online: () => link === "open",

    /** Show what an earlier page could not deliver, then connect. @returns {object[]} those messages */
    open() {
      const unsent = [...outbox.all(), ...fileOutbox.all()].sort((one, other) => one.at.localeCompare(other.at));
      for (const entry of unsent) {
        transcript = transcripts.addPending(transcript, protocol.writtenMessage(entry));
        if (entry.refused !== undefined) transcript = transcripts.fail(transcript, entry.id, entry.refused, entry.place);
      }
      parts.onChange();
      connection.open();
      return unsent;
    },

    /** @param {{text: string, message?: string, title?: string}} words `text` is shown, `message` sent. @returns its id */
    write({ text, message = text, title }) {
      const entry = { id: newId(), at: clock.now().toISOString(), text, message, title };
      change(transcripts.addPending(transcript, protocol.writtenMessage(entry)));
      sender.send(entry);
      return entry.id;
    },

    // Files, which go another way (files.js)
    fileOutbox,
    sessionId: session.id,
    show: (entry) => change(transcripts.addPending(transcript, protocol.writtenMessage(entry))),
    accepted,
    refused(id, error) {
      fileOutbox.markRefused(id, error, transcripts.highest(transcript));
      fail(id, error);
    },
    retried: (id) => change(transcripts.retry(transcript, id)),

    retry(id) {
      change(transcripts.retry(transcript, id));
      sender.retry(id);
    },

    discard(id) {
      sender.forget(id);
      change(transcripts.discard(transcript, id));
      parts.onSettled(id);
    },

    typing(on) {
      if (session.id() !== null) socket.emit(CALLS.TYPING, { session_id: session.id(), on });
    },

    /** The customer has the end of the conversation before his eyes. */
    read() {
      const last = transcripts.resumeAfter(transcript);
      if (session.id() === null || last <= seen) return;
      seen = last;
      socket.emit(CALLS.SEEN, { session_id: session.id(), seq: last });
    },

    /** Ask for what was missed: the page is visible again, or some time has passed. */
    refresh() {
      connection.wake();
      session.ask();
    },

    /** The browser says that the network is gone; the socket may take a minute to notice. */
    networkGone: () => setLink("lost"),

    /** Another tab has stored another session key. */
    adopt: session.adopt,
  };
}
