// A new intent, step by step, for who is no programmer: what the customer wants, what it is called, the answer, examples.

import { element, setText } from "../shared/dom.js";
import { linesOf } from "./texts_state.js";

/** @param {{one: object | null, known: object, request: Function, given: {examples?: string[]}, changed: () => void}} parts */
export function createIntentForm({ one, known, request, given, changed }) {
  let name = one?.name ?? "";
  const purpose = element("select", { oninput: changed, onchange: rename, disabled: Boolean(one) }, ...known.purposes.map(({ name: value, label }) => element("option", { value, text: label })));
  const label = element("input", { maxlength: "12", placeholder: "例如：燃气本补办", oninput: changed, onchange: rename });
  const description = element("input", { maxlength: "200", placeholder: "例如：燃气本丢了或坏了，问怎么补", oninput: changed });
  const answer = element("textarea", { rows: "4", maxlength: "3000", oninput: changed });
  const examples = element("textarea", { rows: "8", oninput: () => (changed(), counted()) });
  const number = element("p", { class: "soft", role: "status" });
  const told = element("p", { class: "soft" });
  label.value = one?.label ?? "";
  description.value = one?.description ?? "";
  answer.value = one?.texts[0] ?? "";
  examples.value = (one?.examples ?? given.examples ?? []).join("\n");
  const node = element(
    "div",
    { class: "stack" },
    element("h3", { text: one ? one.label : "新增意图" }),
    field("第一步：用户想做什么？", purpose),
    field("第二步：给这件事起个名称（2 到 12 个字）", label),
    told,
    field("第三步：用一句话说明，用户在什么情况下会这样说", description),
    field("第四步：助手怎样回答（空一行就是另一个气泡；公司的数字写成 {hotline} 这样）", answer),
    field(`第五步：用户会怎么说？一行一种，至少 ${known.fewest_examples} 种，越多越好；请写用户的原话，不要只换一个字`, examples),
    number,
  );
  counted();

  function field(text, control) {
    return element("label", { class: "field" }, element("span", { text }), control);
  }

  function counted() {
    setText(number, `现在有 ${new Set(linesOf(examples.value)).size} 种说法。`);
  }

  async function rename() {
    if (one || label.value.trim().length < 2) return;
    try {
      name = (await request("GET", `/training/texts/intent-name?purpose=${purpose.value}&label=${encodeURIComponent(label.value.trim())}`)).name;
      setText(told, `编号自动生成：${name}`);
    } catch (error) {
      setText(told, error.message);
    }
  }

  return {
    node,
    key: () => name || "ask_",
    value: () => ({ label: label.value, description: description.value, texts: [answer.value.replaceAll("\r\n", "\n")], examples: linesOf(examples.value) }),
    focus: () => (one ? description : label).focus(),
  };
}
