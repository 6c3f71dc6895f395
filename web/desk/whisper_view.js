// 悄悄话: what the lead told this conversation's agent, and for a lead the field to say it. The customer sees none of it.

import { byId, element, setText } from "../shared/dom.js";
import { EMPTY_THREAD } from "./thread_state.js";
import { isLead, isMine } from "./visibility.js";
import { timeText } from "./words.js";

const SHOWN = 3;

/** @param {{clock: object, store: object, leadApi: object}} parts */
export function createWhisperView({ clock, store, leadApi }) {
  const list = element("ol", { class: "whispers" });
  const input = element("input", { type: "text", maxlength: "500", "aria-label": "悄悄话内容", placeholder: "只有坐席看得到" });
  const send = element("button", { class: "button", type: "submit", text: "发送" });
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const form = element("form", { class: "whisper-form", onsubmit: say }, input, send);
  const node = element("section", { class: "card whisper", "aria-label": "悄悄话", hidden: true }, element("h3", { text: "悄悄话" }), list, form, error);
  byId("side").prepend(node);
  let drawn = null;

  async function say(event) {
    event.preventDefault();
    const text = input.value.trim();
    const id = store.state.openId;
    if (!text || send.disabled) return;
    send.disabled = true;
    fail("");
    try {
      await leadApi.whisper(id, text);
      input.value = "";
    } catch (problem) {
      fail(Object.values(problem.fields ?? {})[0] ?? problem.message);
    } finally {
      send.disabled = false;
    }
  }

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  function drawList(timeline) {
    if (drawn === timeline) return;
    drawn = timeline;
    const said = timeline.filter(({ what }) => what === "whisper").slice(-SHOWN);
    list.replaceChildren(...said.map(({ at, text }) => element("li", {}, element("time", { datetime: at, text: timeText(at, clock.now()) }), element("span", { text }))));
    list.hidden = said.length === 0;
  }

  let shownId = null;
  return {
    render({ me, conversations, threads, openId }) {
      const summary = conversations.get(openId);
      if (shownId !== openId) {
        shownId = openId;
        input.value = "";
        fail("");
      }
      drawList((threads.get(openId) ?? EMPTY_THREAD).timeline);
      form.hidden = !summary || !isLead(me) || summary.owner !== "agent" || isMine(me, summary);
      node.hidden = !summary || (form.hidden && list.hidden);
    },
  };
}
