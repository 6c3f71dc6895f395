// Tags of the customer: the company's to choose from, free ones to write.

import { element } from "../shared/dom.js";

/** @param {{add: (text: string) => Promise<void>, drop: (text: string) => Promise<void>, fail: (text: string) => void}} parts */
export function createTagsView({ add, drop, fail }) {
  const list = element("ul", { class: "tags", "aria-label": "客户标签" });
  // No datalist: with its list open, Enter would choose there and not add.
  const choices = element("div", { class: "tag-choices", role: "group", "aria-label": "公司标签" });
  const input = element("input", { type: "text", maxlength: "12", "aria-label": "加标签", placeholder: "加标签", autocomplete: "off" });
  const form = element("form", { class: "add-tag", onsubmit: submit }, input, element("button", { class: "button", type: "submit", text: "添加" }));
  const node = element("div", { class: "tagging" }, list, form, choices);
  let drawn = null;

  async function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (text && (await tried(() => add(text)))) input.value = "";
  }

  async function tried(work) {
    fail("");
    try {
      await work();
      return true;
    } catch (error) {
      fail(error.message);
      return false;
    }
  }

  function row({ text, staff_id }, mayServe) {
    const away = element("button", { type: "button", "aria-label": `去掉标签：${text}`, text: "×", hidden: !mayServe, onclick: () => tried(() => drop(text)).then(() => input.focus()) });
    return element("li", { title: `工号 ${staff_id} 添加` }, text, away);
  }

  function choice(text) {
    return element("button", { class: "phrase", type: "button", text, "aria-label": `加标签：${text}`, onclick: () => tried(() => add(text)).then(() => input.focus()) });
  }

  return {
    node,
    draw(customer) {
      if (customer === drawn) return;
      if (!drawn || !customer) input.value = "";
      drawn = customer;
      node.hidden = !customer;
      if (!customer) return;
      const { tags, company_tags: company, may_serve: mayServe } = customer;
      list.replaceChildren(...tags.map((tag) => row(tag, mayServe)));
      list.hidden = tags.length === 0;
      form.hidden = !mayServe;
      choices.hidden = !mayServe;
      const has = new Set(tags.map(({ text }) => text));
      choices.replaceChildren(...company.filter((text) => !has.has(text)).map(choice));
    },
  };
}
