// A model on trial: what it does with its share of the customers, beside the live one; then all or nothing.

import { browserClock } from "../shared/clock.js";
import { element } from "../shared/dom.js";
import { momentWords } from "../shared/times.js";
import { table } from "./comparison_view.js";
import { modelName, trialRows } from "./models_words.js";
import { askReason } from "./reason_dialog.js";

/** @param {{decide: (path: string, reason: string, told: string) => Promise<void>}} parts */
export function createCanaryView({ decide }) {
  const figures = element("div", { class: "stack" });
  const node = element("div", { class: "stack", hidden: true });
  let shown = "";
  let drawn = "";

  function show(canary) {
    node.hidden = !canary;
    const id = canary?.release.id ?? "";
    if (id !== shown) node.replaceChildren(...(canary ? content(canary.release) : []));
    shown = id;
    const key = JSON.stringify(canary);
    if (canary && key !== drawn) figures.replaceChildren(...measured(canary));
    drawn = key;
  }

  /** What stays while the trial lasts: whoever has a button in hand keeps it when new figures come. */
  function content({ model, before, share, canary_at }) {
    const since = momentWords(canary_at, browserClock.now());
    return [
      element("h3", { text: "新模型试用中" }),
      element("p", { text: `从 ${since} 起，${share}% 的新会话由新模型 ${modelName(model)} 回答；之前开始的会话仍由现在的模型回答。` }),
      figures,
      element("p", { class: "soft", text: "括号里是次数和 95% 可信范围。两个范围明显错开，差别才可信。险情始终由筛查和两个模型一起判断。" }),
      element("p", { class: "buttons" }, button("全部切换到新模型", "primary", () => promote(model)), button("停止试用", "danger", () => withdraw(before))),
    ];
  }

  function measured({ release: { model, before }, answers, figures: rates }) {
    const head = ["", `现在的模型 ${modelName(before)}`, `新模型 ${modelName(model)}`];
    return [
      ...(answers ? [] : [element("p", { class: "bad", text: "新模型正在启动，暂时由现在的模型回答所有用户。" })]),
      table("试用期间的表现", head, trialRows(rates)),
    ];
  }

  function button(text, kind, onclick) {
    return element("button", { class: `button ${kind}`, type: "button", text, onclick });
  }

  async function promote(model) {
    const words = [`所有新会话都将由模型 ${modelName(model)} 回答；正在办理的业务由原来的模型办完。`, "之后如有问题，可以一键回退。"];
    const reason = await askReason({ title: "全部切换到新模型", words, button: "全部切换", required: false });
    if (reason !== null) await decide("promote", reason, "已开始切换。");
  }

  async function withdraw(before) {
    const words = [`所有新会话都将由模型 ${modelName(before)} 回答；正在新模型办理的业务由新模型办完。`];
    const reason = await askReason({ title: "停止试用", words, button: "停止试用", required: false });
    if (reason !== null) await decide("withdraw", reason, "已停止试用。");
  }

  return { node, show };
}
