// Files of the conversation: sent, shown, saved. Loaded when the first one comes up, so that words need not wait for it.

import { kindOf, labelOf, refusal } from "../shared/file_words.js";
import { createFileSender } from "../shared/file_sender.js";
import { createFileStore } from "../shared/file_store.js";
import { newId } from "../shared/ids.js";
import { shrunk } from "../shared/photo.js";
import { upload } from "../shared/upload.js";
import { createFileView } from "./file_view.js";

const AT_ONCE = 9;
const ADDRESS = "/api/chat/files";

/**
 * @param {object} parts
 * @param parts.conversation see conversation.js
 * @param parts.outbox see shared/outbox.js; of files only
 * @param {() => number | null} parts.limitMb
 * @param {(words: string) => void} parts.onRefused one that is not even tried
 * @param {() => void} parts.onChange progress
 */
export function createFiles({ conversation, outbox, clock, limitMb, onRefused, onChange }) {
  const store = createFileStore(attempt(() => window.indexedDB));
  const progress = new Map();
  const keyed = (session) => ({ "X-Chat-Session": session });

  const sender = createFileSender({
    outbox,
    store,
    clock,
    upload({ id, name, session, bytes, onProgress }) {
      const address = `${ADDRESS}?id=${encodeURIComponent(id)}&name=${encodeURIComponent(name)}`;
      return upload({ address, headers: keyed(session), bytes, onProgress });
    },
    sessionId: conversation.sessionId,
    onAccepted: conversation.accepted,
    onRefused: conversation.refused,
    onProgress(id, share) {
      progress.set(id, share);
      onChange();
    },
    lostWords: "图片或文件没有保留下来，请重新选择。",
  });

  const view = createFileView({
    own: (id) => store.get(id),
    fetch: (seq) => window.fetch(`${ADDRESS}/${seq}`, { headers: keyed(conversation.sessionId()) }),
    link,
    save: async (seq) => window.location.assign(`${await link(seq)}?save=1`),
    sessionId: conversation.sessionId,
  });

  async function link(seq) {
    const answer = await window.fetch(`${ADDRESS}/${seq}/link`, { method: "POST", headers: keyed(conversation.sessionId()) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return (await answer.json()).url;
  }

  async function add(file) {
    const bytes = await shrunk(file);
    const problem = refusal(bytes, limitMb());
    if (problem) return onRefused(problem);
    const about = { kind: kindOf(bytes), name: file.name || "图片", type: bytes.type, size: bytes.size };
    const text = labelOf(about);
    const entry = { id: newId(), at: clock.now().toISOString(), text, message: text, name: about.name, file: about };
    const sent = sender.send(entry, bytes);
    conversation.show(entry);
    return sent;
  }

  sender.flush();

  return {
    /** @param {File[]} files in their order, a few at a time */
    async add(files) {
      if (files.length > AT_ONCE) onRefused(`一次最多发送 ${AT_ONCE} 个文件，其余的请稍后再发。`);
      for (const file of files.slice(0, AT_ONCE)) await add(file);
    },
    flush: sender.flush,
    retry(id) {
      conversation.retried(id);
      sender.retry(id);
    },
    forget(id) {
      progress.delete(id);
      sender.forget(id);
    },
    /** How far the upload has come, 0 to 1, or null. */
    progress: (id) => progress.get(id) ?? null,
    show: view.show,
  };
}

function attempt(call) {
  try {
    return call();
  } catch {
    return undefined;
  }
}
