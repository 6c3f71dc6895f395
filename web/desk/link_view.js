// The customer's other channels: linked by a code that he gets here and sends there. The agent never sees it.

import { element, setText } from "../shared/dom.js";
import { channelsText } from "./customer_words.js";

const SENT = "已把验证码发给客户，请他在另一个渠道发送“绑定”加验证码。";

/** @param {{send: () => Promise<void>, undo: () => Promise<void>, fail: (text: string) => void}} parts */
export function createLinkView({ send, undo, fail }) {
  const channels = element("span");
  const status = element("p", { class: "outcome", role: "status" });
  const sendButton = element("button", { class: "link", type: "button", text: "关联另一个渠道", onclick: () => tried(send, SENT) });
  const undoButton = element("button", { class: "link", type: "button", text: "取消关联", onclick: () => tried(undo, "已取消关联。") });
  const node = element("div", { class: "linking" }, element("p", {}, "渠道：", channels), element("p", { class: "linking-acts" }, sendButton, undoButton), status);

  async function tried(work, done) {
    fail("");
    setText(status, "");
    sendButton.disabled = undoButton.disabled = true;
    try {
      await work();
      setText(status, done);
    } catch (error) {
      fail(error.message);
    } finally {
      sendButton.disabled = undoButton.disabled = false;
    }
  }

  return {
    node,
    draw(customer, mine) {
      node.hidden = !customer;
      if (!customer) return;
      setText(channels, channelsText(customer.contacts));
      sendButton.hidden = !mine;
      undoButton.hidden = !mine || customer.contacts.length < 2;
    },
    reset: () => setText(status, ""),
  };
}
