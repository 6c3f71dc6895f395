// Says when the browser keeps the page silent, and lets the person open the sound.

import { byId, element, icon, setText } from "../shared/dom.js";

/** @param {{unlock: () => void}} sounds */
export function createSoundView(sounds) {
  const button = byId("sound");
  const text = element("span");
  button.append(icon("muted"), text);
  button.addEventListener("click", () => sounds.unlock());
  return {
    show(blocked) {
      button.hidden = !blocked;
      setText(text, "声音已关闭，点此开启");
    },
  };
}
