// The dialog that finds conversations; a result leads to its message.

import { byId, element, setText } from "../shared/dom.js";
import { createSearch, marked } from "./search.js";
import { CHANNELS, ownerText, SPEAKERS, timeText } from "./words.js";

const WHY = { account: "户号、户主或电话", order: "工单", tag: "标签" };

/** @param {{api: object, clock: object, open: (conversation: object, seq: number | null) => void}} parts */
export function createSearchView({ api, clock, open }) {
  const dialog = byId("dialog-search");
  const input = element("input", { type: "search", "aria-label": "查找会话", placeholder: "消息内容、户主、电话或户号末四位、工单号、标签", maxlength: "100", autocomplete: "off" });
  const status = element("p", { class: "soft", role: "status" });
  const list = element("ul", { class: "found", "aria-label": "查找结果" });
  const more = element("button", { class: "button", type: "button", text: "更多", hidden: true, onclick: () => search.more() });
  const form = element("form", { role: "search", novalidate: true }, input);
  const search = createSearch({ api, clock, changed: draw });
  byId("search-body").append(form, status, list, more);
  let drawn = [];

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search.now(input.value);
  });
  input.addEventListener("input", () => search.type(input.value));
  dialog.addEventListener("keydown", moveFocus);

  function draw({ state, results, words, before, error }) {
    setText(status, statusText(state, results, error));
    more.hidden = before === null || !results.length;
    if (drawn === results) return;
    drawn = results;
    list.replaceChildren(...results.map((hit) => row(hit, words)));
  }

  function row({ why, conversation, message }, words) {
    const head = element("span", { class: "found-head" }, element("b", { text: conversation.customer }), ` ${CHANNELS[conversation.channel] ?? conversation.channel} · ${ownerOf(conversation)} · ${timeText(message?.at ?? conversation.opened_at, clock.now())}`);
    const line = message ? element("span", { class: "found-line" }, `${SPEAKERS[message.speaker] ?? "坐席"}：`, ...marked(message.text, words).map(([text, hit]) => (hit ? element("mark", { text }) : text))) : element("span", { class: "found-line", text: `符合：${WHY[why]}` });
    const choose = () => (dialog.close(), open(conversation, message?.seq ?? null));
    return element("li", {}, element("button", { type: "button", onclick: choose }, head, line));
  }

  function moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    const stops = [input, ...list.querySelectorAll("button")];
    stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))]?.focus();
    event.preventDefault();
  }

  return {
    show() {
      if (!dialog.open) dialog.showModal();
      input.focus();
      input.select();
    },
  };
}

const ownerOf = (conversation) => (conversation.owner === "closed" && conversation.staff_id ? `工号 ${conversation.staff_id}，已结束` : ownerText(conversation));

function statusText(state, results, error) {
  if (state === "failed") return error;
  if (state === "loading") return results.length ? "正在载入更多…" : "正在查找…";
  if (state === "done" && !results.length) return "没有找到。";
  return state === "idle" ? "坐席查自己接待的会话，班长查全部会话。" : "";
}
