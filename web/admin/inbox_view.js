// The messages that wait, one of them open: labelled by keyboard or mouse. What is open here nobody else decides.

import { browserClock } from "../shared/clock.js";
import { element, setText } from "../shared/dom.js";
import { createDivideView } from "./divide_view.js";
import { createIntentPicker } from "./intent_picker.js";
import { itemDetail, reasonsOf } from "./item_view.js";
import { EMPTY, actionOf, current, decided, moved, opened, refreshed, seen, takenBack } from "./review_state.js";

const KEYS = "键盘：↑ ↓ 选择，1 2 3 采用建议，E 选其他意图，S 拆成几句、标记词语，N 新的意图，X 不用于训练，U 撤销上一步。";
/** Who has not touched the page for so long lets go of what is open. */
const RESTING_MS = 120_000;

/** @param {{request: Function, counted: (groups: number) => void, propose: (examples: string[]) => void}} parts */
export function createInboxView({ request, counted, propose }) {
  const list = element("ul", { class: "review-list", role: "listbox", "aria-label": "待标注的消息", tabindex: "0", onkeydown: onKey });
  const news = element("p", { role: "status", class: "soft" });
  const detail = element("section", { class: "panel", "aria-label": "当前消息" });
  const picker = createIntentPicker({ id: "intent", title: "其他意图（E）", choose: (intent) => accept(intent), leave: () => list.focus() });
  const columns = element("div", { class: "review" }, element("section", { class: "panel" }, list, element("p", { class: "review-keys", text: KEYS })), detail);
  const node = element("div", { class: "stack" }, news, columns);
  let state = EMPTY;
  let known = { intents: [], entities: [] };
  let busy = false;
  let drawn = "";
  let dividing = null; // the id of the message that is being taken apart
  let held = null; // the id of the message this page holds
  let touched = 0;
  for (const gesture of ["keydown", "pointerdown"]) node.addEventListener(gesture, () => (touched = browserClock.now().getTime()), { capture: true });

  function onKey(event) {
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    const acts = {
      next: () => set(moved(state, 1)),
      previous: () => set(moved(state, -1)),
      accept: () => acceptGuess(action.number - 1),
      pick: () => current(state) && picker.focus(),
      divide,
      fresh,
      reject,
      undo,
    };
    acts[action.act]();
  }

  function set(next) {
    state = next;
    if (dividing !== state.selected) dividing = null;
    draw();
    void hold();
  }

  /** Says that this message is being looked at; whoever came first keeps it. */
  async function hold() {
    const item = current(state);
    const resting = browserClock.now().getTime() - touched > RESTING_MS;
    if (resting || (item?.id ?? null) === held || item?.held_by) return;
    held = item?.id ?? null;
    await claim(item);
  }

  async function claim(item) {
    try {
      await request("POST", "/training/review/claim", { ids: item ? Object.keys(seen(item)) : [] });
    } catch (error) {
      held = null;
      if (error.code === "held") setText(news, error.message);
    }
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

  function acceptParts(item, examples) {
    const told = examples.length > 1 ? `已拆成 ${examples.length} 句：${item.text}` : `已标注：${item.text}`;
    return decide(item, "accept", { seen: seen(item), intent: examples[0].intent, examples }, told);
  }

  function reject() {
    const item = current(state);
    if (item) void decide(item, "reject", { seen: seen(item) }, `不用于训练：${item.text}`);
  }

  async function decide(item, act, body, told) {
    await alone(async () => {
      const answer = await request("POST", `/training/review/${encodeURIComponent(item.id)}/${act}`, body);
      set(decided(state, answer.item));
      counted(state.items.length);
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
    const [{ items }, all] = await Promise.all([request("GET", "/training/review"), request("GET", "/training/intents")]);
    known = all;
    picker.use(known.intents);
    counted(items.length);
    held = null; // held again below while somebody is here
    set(refreshed(state, items));
  }

  function draw() {
    list.replaceChildren(...state.items.map(row));
    list.setAttribute("aria-activedescendant", state.selected ? `item-${state.selected}` : "");
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    const item = current(state);
    const key = JSON.stringify([item, state.done.length > 0, dividing]);
    if (key === drawn || (dividing && drawn && dividing === item?.id && detail.querySelector(".divide"))) return; // what is being typed stays
    drawn = key;
    if (!item) return detail.replaceChildren(element("p", { class: "empty", text: "没有待标注的消息。助手拿不准的话会自动出现在这里。" }));
    if (dividing) return showDivide(item);
    const acts = { accept, picker, divide, fresh, reject, undo: state.done.length ? undo : null };
    return detail.replaceChildren(...itemDetail(item, acts, browserClock.now()));
  }

  /** None of the known intents. */
  function fresh() {
    const item = current(state);
    if (item) propose([item, ...item.others].map(({ text }) => text));
  }

  function divide() {
    dividing = state.selected;
    draw();
  }

  function showDivide(item) {
    const leave = () => ((dividing = null), draw(), list.focus());
    const view = createDivideView({ item, ...known, save: (examples) => acceptParts(item, examples), leave });
    detail.replaceChildren(view.node);
    view.focus();
  }

  function row(item) {
    const holder = item.held_by && element("b", { text: `工号 ${item.held_by} 正在处理　` });
    const why = element("p", { class: "review-why" }, holder || null, ...reasonsOf(item), item.count > 1 ? `　${item.count} 次` : "");
    const chosen = item.id === state.selected;
    return element("li", { id: `item-${item.id}`, class: item.held_by ? "review-row held" : "review-row", role: "option", "aria-selected": String(chosen), onclick: () => (set(opened(state, item.id)), list.focus()) }, element("p", { text: item.text, title: item.text }), why);
  }

  return { node, load, focus: () => list.focus() };
}
