// Labelling what customers wrote: one message at a time, by keyboard or mouse.

import { browserClock } from "../shared/clock.js";
import { element, setText } from "../shared/dom.js";
import { momentWords } from "../shared/times.js";
import { createDecidedView } from "./decided_view.js";
import { createIntentPicker } from "./intent_picker.js";
import { EMPTY, actionOf, current, decided, moved, opened, refreshed, seen, takenBack } from "./review_state.js";

const GRAVE = new Set(["screen_only", "model_only"]);
const KEYS = "键盘：↑ ↓ 选择，1 2 3 采用建议，E 选其他意图，X 不用于训练，U 撤销上一步。";

/** @param {{root: HTMLElement, request: Function, counted: (groups: number) => void}} parts */
export function createReviewView({ root, request, counted }) {
  const list = element("ul", { class: "review-list", role: "listbox", "aria-label": "待标注的消息", tabindex: "0", onkeydown: onKey });
  const news = element("p", { role: "status", class: "soft" });
  const detail = element("section", { class: "panel", "aria-label": "当前消息" });
  const picker = createIntentPicker({ choose: (intent) => accept(intent), leave: () => list.focus() });
  const openPart = element("div", { class: "review" }, element("section", { class: "panel" }, list, element("p", { class: "review-keys", text: KEYS })), detail);
  const decidedView = createDecidedView({ request, undone: () => load() });
  const [toDo, done] = ["待标注", "已处理"].map((text) => element("button", { class: "button", type: "button", text, onclick: () => showPart(text === "待标注") }));
  const head = element("div", { class: "panel-head" }, element("h2", { text: "真实消息标注" }), element("div", { class: "segments" }, toDo, done));
  root.replaceChildren(head, news, openPart, decidedView.node);
  let state = EMPTY;
  let busy = false;
  let drawn = "";
  showPart(true);

  function showPart(open) {
    openPart.hidden = !open;
    decidedView.node.hidden = open;
    toDo.setAttribute("aria-pressed", String(open));
    done.setAttribute("aria-pressed", String(!open));
    if (!open) void decidedView.load();
  }

  function onKey(event) {
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    const acts = {
      next: () => set(moved(state, 1)),
      previous: () => set(moved(state, -1)),
      accept: () => acceptGuess(action.number - 1),
      pick: () => current(state) && picker.focus(),
      reject,
      undo,
    };
    acts[action.act]();
  }

  function set(next) {
    state = next;
    draw();
  }

  function acceptGuess(place) {
    const guess = current(state)?.guesses[place];
    if (guess) void accept({ name: guess.intent, label: guess.label });
  }

  function accept(intent) {
    const item = current(state);
    if (!item) return;
    return decide(item, "accept", { seen: seen(item), intent: intent.name }, `已标注为“${intent.label}”：${item.text}`);
  }

  function reject() {
    const item = current(state);
    if (item) void decide(item, "reject", { seen: seen(item) }, `不用于训练：${item.text}`);
  }

  async function decide(item, act, body, told) {
    await alone(async () => {
      const answer = await request("POST", `/training/review/${encodeURIComponent(item.id)}/${act}`, body);
      set(decided(state, answer.item));
      list.focus();
      setText(news, told);
    });
  }

  async function undo() {
    const last = state.done.at(-1);
    if (!last) return setText(news, "没有可以撤销的操作；更早的请在“已处理”里撤销。");
    await alone(async () => {
      const { item } = await request("POST", `/training/review/${encodeURIComponent(last.id)}/undo`, { version: last.version });
      state = opened(takenBack(state), item.id);
      await load();
      list.focus();
      setText(news, `已撤销：${item.text}`);
    });
  }

  /** One decision at a time: a key that is held down does not run ahead of the server. */
  async function alone(work) {
    if (busy) return;
    busy = true;
    try {
      await work();
    } catch (error) {
      setText(news, error.message);
      if (error.status === 409 || error.status === 404) {
        state = { ...state, done: error.status === 409 ? state.done : takenBack(state).done };
        await load().catch(() => {});
      }
    } finally {
      busy = false;
    }
  }

  async function load() {
    const [{ items }, { intents }] = await Promise.all([request("GET", "/training/review"), request("GET", "/training/intents")]);
    picker.use(intents);
    counted(items.length);
    set(refreshed(state, items));
  }

  function draw() {
    list.replaceChildren(...state.items.map(row));
    list.setAttribute("aria-activedescendant", state.selected ? `item-${state.selected}` : "");
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    const item = current(state);
    const key = JSON.stringify([item, state.done.length > 0]);
    if (key === drawn) return; // what is being typed stays
    drawn = key;
    detail.replaceChildren(...(item ? shown(item) : [element("p", { class: "empty", text: "没有待标注的消息。助手拿不准的话会自动出现在这里。" })]));
  }

  function row(item) {
    const why = element("p", { class: "review-why" }, ...reasons(item), item.count > 1 ? `　${item.count} 次` : "");
    const chosen = item.id === state.selected;
    return element("li", { id: `item-${item.id}`, class: "review-row", role: "option", "aria-selected": String(chosen), onclick: () => (set(opened(state, item.id)), list.focus()) }, element("p", { text: item.text, title: item.text }), why);
  }

  function reasons(item) {
    return item.reasons.flatMap(({ code, words }, place) => [place ? "、" : null, element("span", { class: GRAVE.has(code) && "grave", text: words })]);
  }

  function shown(item) {
    const guesses = item.guesses.map(({ intent, label, confidence }, place) =>
      element("button", { class: place ? "button" : "button primary", type: "button", onclick: () => accept({ name: intent, label }) }, element("kbd", { text: String(place + 1) }), `${label}　${Math.round(confidence * 100)}%`),
    );
    const same = item.others.length ? [element("p", { class: "soft", text: `还有 ${item.others.length} 种相近的说法，会一起处理：` }), element("ul", { class: "review-same" }, ...item.others.map(({ text }) => element("li", { text })))] : [];
    return [
      element("p", { class: "review-text", text: item.text }),
      element("p", { class: "review-reasons" }, "为什么在这里：", ...reasons(item), `。共 ${item.count} 次，最近 ${momentWords(item.last_at, browserClock.now())}。`),
      ...same,
      element("h3", { text: guesses.length ? "用户想说的是（百分数是当前模型的把握）" : "用户想说的是（模型没有建议）" }),
      element("div", { class: "review-choices" }, ...guesses, picker.node),
      element("div", { class: "review-acts" }, element("button", { class: "button", type: "button", text: "不用于训练（X）", onclick: reject }), element("button", { class: "button", type: "button", text: "撤销上一步（U）", onclick: undo, disabled: !state.done.length })),
      element("p", { class: "review-keys", text: "手机号、户号、门牌和姓名已换成统一的代替内容。" }),
    ];
  }

  return { load, focus: () => list.focus() };
}
