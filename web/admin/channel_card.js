// One channel: how it is, what to paste at the platform, and its settings.

import { element, setText } from "../shared/dom.js";
import { createChannelForm } from "./channel_form.js";
import { factRows, stateWords } from "./channel_words.js";
import { askReason } from "./reason_dialog.js";

/** Platforms may take their time to answer a check. */
const CHECK_MS = 40_000;

/** @param {{name: string, request: Function, clock: {now: () => Date}}} parts */
export function createChannelCard({ name, request, clock }) {
  const title = element("h2", { id: `channel-${name}-title` });
  const badge = element("span", { class: "channel-state" });
  const facts = element("dl", { class: "status" });
  const place = element("div", { class: "channel-address" });
  const settings = element("details", { class: "channel-settings" });
  const news = element("p", { role: "status", class: "channel-news" });
  const findings = element("ul", { class: "findings", "aria-label": "检测结果" });
  const node = element("section", { class: "panel", "aria-labelledby": `channel-${name}-title` }, element("div", { class: "channel-head" }, title, badge), facts, place, settings, news, findings);
  let form = null;
  let shown = "";

  function show(channel) {
    setText(title, channel.title);
    const { text, tone } = stateWords(channel);
    setText(badge, text);
    badge.className = `channel-state ${tone}`;
    facts.replaceChildren(...factRows(channel, clock.now()).map((row) => element("div", {}, element("dt", { text: row.name }), element("dd", { text: row.value, class: row.tone }))));
    showAddress(channel);
    // What somebody is filling in is not taken from under his hands.
    const version = JSON.stringify([channel.source, channel.saved, channel.fields]);
    if (version === shown || form?.touched()) return;
    shown = version;
    form = createChannelForm({ channel, save: (values) => save(values), check: (values) => check(values), remove: () => remove(channel) });
    settings.replaceChildren(element("summary", { text: channel.source === "environment" ? "查看设置" : "设置" }), form.node);
  }

  function showAddress({ address, guide, public: known }) {
    const copy = element("button", { class: "button", type: "button", text: "复制", onclick: () => copied(address) });
    const unknown = known ? null : element("p", { class: "soft", text: "“您的域名”请换成外网访问本系统的域名；设置环境变量 GASDESK_PUBLIC_URL 并重启后，这里显示完整地址。" });
    place.replaceChildren(element("p", {}, "推送地址 ", element("code", { text: address }), " ", copy), element("p", { class: "soft", text: guide }), unknown ?? "");
  }

  async function copied(address) {
    try {
      await navigator.clipboard.writeText(address);
      setText(news, "已复制。");
    } catch {
      setText(news, "浏览器不允许复制，请选中地址后复制。");
    }
  }

  async function save(values) {
    await work("正在保存…", async () => {
      const channel = await request("PUT", `/channels/${name}/settings`, { values });
      fresh(channel);
      settings.open = true;
      setText(news, "已保存，已经生效，不用重启。其他服务器在 10 秒内跟上。");
    });
  }

  async function check(values) {
    await work("正在检测…", async () => {
      const { findings: found } = await request("POST", `/channels/${name}/check`, { values }, CHECK_MS);
      findings.replaceChildren(...found.map(finding));
      const bad = found.filter(({ good }) => !good).length;
      setText(news, bad ? `检测完成，有 ${bad} 处需要处理。` : "检测完成，没有发现问题。");
    });
  }

  async function remove(channel) {
    const sure = await askReason({ title: `停用“${channel.title}”？`, words: ["用户在这个渠道上不再得到答复，保存的设置和密钥将被删除。已有的会话和记录不受影响。"], button: "停用并删除", required: false, reason: false });
    if (sure === null) return;
    await work("正在停用…", async () => {
      fresh(await request("DELETE", `/channels/${name}/settings`));
      setText(news, "已停用，设置已删除。");
    });
  }

  function fresh(channel) {
    form = null;
    shown = "";
    show(channel);
  }

  async function work(doing, act) {
    const mine = form;
    mine.busy(true);
    findings.replaceChildren();
    mine.showProblems({});
    setText(news, doing);
    try {
      await act();
    } catch (error) {
      setText(news, error.message);
      mine.showProblems(error.fields ?? {});
    } finally {
      mine.busy(false);
    }
  }

  return { node, show };
}

function finding({ good, text, advice }) {
  return element("li", { class: good ? "finding good" : "finding bad" }, element("span", { text: `${good ? "✓" : "✗"} ${text}` }), advice ? element("p", { text: `怎么办：${advice}` }) : null);
}
