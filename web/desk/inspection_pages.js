// A list of inspections and one of them, in turn: what the tabs of 质检 have in common.

import { element, setText } from "../shared/dom.js";
import { createRecordView } from "./inspection_record_view.js";
import { createLatest } from "./latest.js";

/**
 * @param {object} parts
 * @param {object} parts.record what createRecordView needs, but for `back`
 * @param {() => Promise<void>} parts.load the list anew
 * @param {(lastId: string | null) => void} parts.focus in the list, on coming back from that conversation
 */
export function createInspectionPages({ record: needs, load, focus }) {
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const list = element("div");
  const record = createRecordView({ ...needs, back });
  const lists = createLatest();
  let lastId = null;

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  function ask(question, draw) {
    return lists.ask(
      question,
      (answer) => {
        draw(answer);
        fail("");
      },
      (problem) => fail(problem.message),
    );
  }

  async function show(conversationId) {
    try {
      await record.show(conversationId);
      [list.hidden, lastId] = [true, conversationId];
    } catch (problem) {
      fail(problem.message);
    }
  }

  async function back() {
    list.hidden = false;
    await load();
    focus(lastId);
  }

  return {
    node: element("div", {}, list, record.node),
    error,
    /** What the list consists of. */
    fill: (...nodes) => list.append(...nodes),
    ask,
    fail,
    show,
    get listed() {
      return !list.hidden;
    },
  };
}
