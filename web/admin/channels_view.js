// The ways to the customers: each with its state and settings; what there is comes from the server.

import { element } from "../shared/dom.js";
import { createChannelCard } from "./channel_card.js";
import { lastWords } from "./channel_words.js";

/** @param {{root: HTMLElement, request: Function, clock: {now: () => Date}}} parts */
export function createChannelsView({ root, request, clock }) {
  const cards = new Map();
  const web = element("dl", { class: "status" });
  const page = element("section", { class: "panel", "aria-labelledby": "channel-web-title" }, element("div", { class: "channel-head" }, element("h2", { id: "channel-web-title", text: "网页" }), element("span", { class: "channel-state good", text: "运行中" })), web);
  root.replaceChildren(page);

  async function load() {
    const { web: own, channels } = await request("GET", "/channels");
    web.replaceChildren(fact("地址", own.address), fact("最近收到", lastWords(own.last_in, clock.now())), fact("最近发出", lastWords(own.last_out, clock.now())));
    for (const channel of channels) card(channel.name).show(channel);
  }

  function card(name) {
    if (!cards.has(name)) {
      cards.set(name, createChannelCard({ name, request, clock }));
      root.append(cards.get(name).node);
    }
    return cards.get(name);
  }

  return { load };
}

const fact = (name, value) => element("div", {}, element("dt", { text: name }), element("dd", { text: value }));
