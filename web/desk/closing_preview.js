// In the dialog that ends a conversation: what will be said for the chosen type, before it is said.

import { byId, setText } from "../shared/dom.js";

/** @param {{api: object}} parts see composer_api.js */
export function createClosingPreview({ api }) {
  const dialog = byId("dialog-close");
  const type = dialog.querySelector("select");
  const words = dialog.querySelector(".closing-preview");
  let scripts = null;
  type.addEventListener("change", draw);

  function draw() {
    const script = scripts?.[type.value];
    setText(words, script ? `将发送：“${script}”，随后请客户评价。` : "");
  }

  return {
    /** Without the scripts the dialog still works: the server knows them. */
    async show() {
      draw();
      scripts ??= await api.closingScripts().then((answer) => answer.scripts, () => null);
      draw();
    },
  };
}
