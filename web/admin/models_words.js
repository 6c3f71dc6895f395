// What the training page says. Pure.

export const RUN_STATES = { running: "训练中", ready: "训练完成", failed: "训练失败", cancelled: "已取消", interrupted: "被中断", retired: "模型已清理" };
export const RELEASE_STATES = { requested: "等待开始", starting: "正在启动新模型", live: "已发布", failed: "没有成功", canary: "正在试用", promoting: "正在全部切换", withdrawing: "正在停止试用", withdrawn: "试用后没有采用" };
export const UNDER_WAY = new Set(["requested", "starting", "promoting", "withdrawing"]);
export const CHANGE_STATES = { applying: "正在写入", applied: "已写入", reverting: "正在撤回", reverted: "已撤回" };

const SETS = { test: "测试句（一）", fresh: "测试句（二）", "blind open": "盲测（公开）", "blind sealed": "盲测（封存）", all: "合计" };
const ALARMS = { emergencies_together: "险情报警（筛查＋模型）", emergencies_model: "险情识别（只看模型）", lookalikes_together: "不是险情、没有误报" };

/** "gasdesk-0a1b2c.tar.gz" → "0a1b2c". */
export function modelName(file) {
  return (file ?? "").replace(/^gasdesk-/, "").replace(/\.tar\.gz$/, "") || "—";
}

export function setName(name) {
  return SETS[name] ?? ALARMS[name] ?? name;
}

/** "92.0%（92/100）" */
export function shareWords(hits, of) {
  return of ? `${((100 * hits) / of).toFixed(1)}%（${hits}/${of}）` : "—";
}

/** "92.0%（92/100，85.0–95.9%）"; trainings of earlier versions have no range. */
export function rangeWords(hits, of, range) {
  return of && range ? intervalWords({ hits, of, low: range[0], high: range[1] }) : shareWords(hits, of);
}

/** How improbable a difference is by chance. */
export function chanceWords(p) {
  if (p === undefined) return "—";
  return p < 0.001 ? "小于 0.1%" : `${(100 * p).toFixed(1)}%`;
}

export const ALARM_WORDS = { none: "不报警", ask: "询问", alarm: "报警" };

/** "+6.0 个百分点（-0.1 到 +12.1）" */
export function changeWords({ of, live, candidate, low, high }) {
  if (!of) return "—";
  if (live === candidate && low === high) return "没有变化";
  return `${signed((100 * (candidate - live)) / of)} 个百分点（${signed(100 * low)} 到 ${signed(100 * high)}）`;
}

/** Whether a run may be released: "no", "reason" (only with a reason) or "yes". */
export function releasable({ state, model, live_model, gates }, live) {
  if (state !== "ready" || model === live || live_model !== live) return "no";
  const failed = gates.filter(({ passed }) => !passed);
  if (failed.some(({ fixed }) => fixed)) return "no";
  return failed.length ? "reason" : "yes";
}

/** Why a finished run cannot be released; "" if it can. */
export function whyNot({ model, live_model, gates }, live) {
  if (model === live) return "这个模型正在使用中。";
  if (live_model !== live) return "训练之后已经换过模型，比较结果不再适用，请重新训练。";
  const never = gates.find(({ passed, fixed }) => fixed && !passed);
  if (!never) return "";
  return never.name === "dialogues" ? "对话测试没有通过，不能发布。请检查这次写入的例句。" : "险情识别变差，不能发布。请检查这次写入的例句。";
}

/** What both models did with customers during a trial, a row a figure: name, live, candidate. */
export function trialRows({ live, candidate }) {
  const both = (words) => [words(live), words(candidate)];
  return [
    ["新会话", ...both(({ conversations }) => String(conversations))],
    ["答复", ...both(({ answers }) => String(answers))],
    ["没听懂（占答复）", ...both(({ fallback }) => intervalWords(fallback))],
    ["没有答复（占答复）", ...both(({ failed }) => intervalWords(failed))],
    ["转人工（占会话）", ...both(({ handed_over }) => intervalWords(handed_over))],
    ["用户说没帮助（占会话）", ...both(({ unhelpful }) => intervalWords(unhelpful))],
    ["答复用时（中位 / 95%）", ...both(({ answers, p50, p95 }) => (answers ? `${Math.round(p50)} / ${Math.round(p95)} 毫秒` : "—"))],
  ];
}

/** "8.0%（2/25，2.2–25.0%）" */
export function intervalWords({ hits, of, low, high }) {
  return of ? `${((100 * hits) / of).toFixed(1)}%（${hits}/${of}，${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}%）` : "—";
}

function signed(number) {
  return `${number > 0 ? "+" : ""}${number.toFixed(1)}`;
}
