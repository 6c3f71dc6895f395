// The strip under the bar while the page is not live.

import { byId, setText } from "../shared/dom.js";

const LOST = "连接已断开，正在重连… 数据可能不是最新，请勿依赖页面上的倒计时。";

export function createConnectionView() {
  const strip = byId("connection");
  return {
    render({ connection }) {
      const lost = connection === "lost";
      setText(strip, lost ? LOST : "");
      strip.hidden = !lost;
    },
  };
}
