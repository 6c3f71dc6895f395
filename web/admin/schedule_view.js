// The nightly training: when, whether it may release by itself, what came of the last night; and who did what.

import { browserClock } from "../shared/clock.js";
import { element, setText } from "../shared/dom.js";
import { momentWords } from "../shared/times.js";

/** @param {{request: Function}} parts */
export function createScheduleView({ request }) {
  const enabled = element("input", { type: "checkbox" });
  const at = element("input", { type: "time", required: true, value: "02:30" });
  const mayRelease = element("input", { type: "checkbox" });
  const news = element("p", { role: "status" });
  const last = element("p", { class: "soft" });
  const acts = element("ul", { class: "history", "aria-label": "操作记录" });
  const form = element(
    "form",
    // What is being filled in is not overwritten by what arrives late.
    { class: "stack", onsubmit: save, oninput: () => (filled = true) },
    choice(enabled, "每天自动训练（有新标注时）"),
    element("label", { class: "field short" }, element("span", { text: "时间（公司当地时间）" }), at),
    choice(mayRelease, "全部检查通过时自动发布"),
    element("p", {}, element("button", { class: "button", type: "submit", text: "保存" })),
  );
  const hint = element("p", { class: "soft", text: "到点时，没有问题的标注会自动写入训练数据，然后训练和比较；有问题的标注留给您查看。险情识别变差或对话测试不通过的模型不会发布。" });
  const node = element("section", { class: "panel", "aria-labelledby": "schedule-title" }, element("h2", { id: "schedule-title", text: "定时训练" }), hint, form, news, last, element("details", {}, element("summary", { text: "操作记录（最近 90 天）" }), acts));
  let filled = false;

  async function load() {
    const [schedule, { log }] = await Promise.all([request("GET", "/training/schedule"), request("GET", "/training/log")]);
    if (!filled) fill(schedule);
    filled = true;
    setText(last, schedule.last_at ? `上一次（${momentWords(schedule.last_at, browserClock.now())}）：${schedule.last_words}` : "还没有定时训练过。");
    acts.replaceChildren(...(log.length ? log.map(entry) : [element("li", { class: "soft", text: "还没有。" })]));
  }

  function fill(schedule) {
    enabled.checked = schedule.enabled;
    at.value = schedule.at;
    mayRelease.checked = schedule.may_release;
  }

  function entry({ at: when, staff_id, text }) {
    return element("li", { text: `${momentWords(when, browserClock.now())}　${staff_id ? `工号 ${staff_id}` : "系统"}　${text}` });
  }

  async function save(event) {
    event.preventDefault();
    try {
      fill(await request("PUT", "/training/schedule", { enabled: enabled.checked, at: at.value, may_release: mayRelease.checked }));
      setText(news, enabled.checked ? `已保存，每天 ${at.value} 训练。` : "已保存，不会自动训练。");
    } catch (error) {
      setText(news, error.message);
    }
    await load().catch(() => {});
  }

  return { node, load };
}

function choice(input, text) {
  return element("label", { class: "choice" }, input, element("span", { text }));
}
