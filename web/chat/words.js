// What the chat page says by itself: every sentence a customer reads that did not come from the server.

/** What the leak button sends. */
export const LEAK_REPORT = "我闻到燃气味，怀疑漏气";

const LINK_WORDS = {
  connecting: "正在连接…",
  open: "已连接",
  lost: "连接中断",
  waiting: "正在重新连接…消息会在恢复后自动发送",
};

const SPEAKER_NAMES = { bot: "智能助手", system: "客服系统" };

/** @param {"connecting" | "open" | "lost" | "waiting"} link `waiting` is the sentence, `lost` the word for it */
export const linkWords = (link) => LINK_WORDS[link];

/** Who serves the customer now. `position` counts from 1: the next to be served. */
export function statusWords(status) {
  if (status === null) return "";
  if (status.owner === "queue") return queueWords(status.position);
  if (status.owner === "agent") return status.agent === null ? "已转人工客服，正在处理" : `${agentName(status.agent)}为您服务`;
  if (status.owner === "closed") return "本次咨询已结束，需要时请继续留言";
  return "智能助手为您服务";
}

function queueWords(position) {
  if (position === null) return "已转人工客服，将尽快回复您";
  if (position === 1) return "正在排队，您是下一位";
  return `正在排队，前面还有 ${position - 1} 位`;
}

/** The assistant is not up yet; a question already asked is safe. */
export function startingWords({ asked, hotline }) {
  const promise = asked ? "您的问题已记录，稍后自动回答" : "您可以先写下问题，稍后自动回答";
  const call = hotline ? `或拨打 ${hotline}` : "或拨打客服热线";
  return `智能助手正在启动，${promise}；如遇漏气请直接说明${call}。`;
}

/** A leak report that has not reached the server, so no safety instruction can come from there (domain §5, S0). */
export function unsentLeakWords(hotline) {
  const call = hotline ? `再拨打 ${hotline}` : "再拨打燃气公司热线";
  return `消息还没有送出，请不要在原地等待：不要开关任何电器，不要使用明火，先到室外，${call}。`;
}

export const speakerName = ({ speaker, agent }) => (speaker === "agent" ? agentName(agent) : SPEAKER_NAMES[speaker]);

export function typingWords(speaker, agent) {
  return `${speakerName({ speaker, agent })}正在输入`;
}

/** Delivery of the customer's own message. */
export function deliveryWords({ delivery, error }, online, progress = null) {
  if (delivery === "pending") return online ? `发送中…${progress === null ? "" : ` ${Math.floor(progress * 100)}%`}` : "等待网络，恢复后自动发送";
  if (delivery === "failed") return error ? `未能发送：${error}` : "";
  return "已送达";
}

/** Space left, or what is too much; nothing while there is plenty. */
export function limitWords(left, limit) {
  if (left < 0) return `超出 ${-left} 字。每条消息最多 ${limit} 字，请删减或分几次发送。`;
  return left <= 300 ? `还可输入 ${left} 字` : "";
}

export const EMPTY_WORDS = "请先输入内容再发送。";

/** Title of the browser's tab. */
export function pageTitle(company, unread) {
  const title = company ? `${company} · 在线客服` : "燃气在线客服";
  return unread > 0 ? `(${unread}) ${title}` : title;
}

const agentName = (agent) => (agent === null ? "人工客服" : `客服 ${agent} 号`);
