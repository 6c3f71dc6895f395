// What a channel's card says. Pure.

import { momentWords } from "../shared/times.js";

const STATES = {
  running: { text: "运行中", tone: "good" },
  off: { text: "未启用", tone: "" },
  failed: { text: "不能启用", tone: "bad" },
};

/** @returns {{text: string, tone: "" | "good" | "bad"}} */
export const stateWords = ({ state, trouble }) => (state === "running" && trouble ? { text: "运行中，发送有问题", tone: "bad" } : STATES[state]);

/** @returns {{name: string, value: string, tone: "" | "bad"}[]} */
export function factRows({ source, variables, saved, problem, last_in, last_out, trouble }, now) {
  const rows = [
    { name: "设置来自", value: sourceWords({ source, variables, saved }, now), tone: "" },
    { name: "最近收到", value: lastWords(last_in, now), tone: "" },
    { name: "最近发出", value: lastWords(last_out, now), tone: "" },
  ];
  if (problem) rows.push({ name: "问题", value: problem, tone: "bad" });
  if (trouble) rows.push({ name: "最近问题", value: `${momentWords(trouble.at, now)}：${trouble.text}点“检测”查看原因和办法。`, tone: "bad" });
  return rows;
}

function sourceWords({ source, variables, saved }, now) {
  if (source === "environment") return `环境变量 ${variables}…，优先于本页${saved ? "；本页也保存过一份，现在不起作用" : ""}`;
  if (source === "page") return `本页，工号 ${saved.staff_id} 保存于${momentWords(saved.at, now)}`;
  return "还没有设置";
}

export const lastWords = (at, now) => momentWords(at, now) || "没有";

/** What is sent to be saved or tried: a secret that was left empty stays as it is, one marked to be dropped is. */
export function filledIn(fields, valueOf, dropped) {
  return Object.fromEntries(fields.map(({ name, kind }) => [name, kind === "secret" && dropped(name) ? null : valueOf(name)]));
}
