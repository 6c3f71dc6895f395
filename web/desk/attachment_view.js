// What a message of the thread carries: pictures of bounded size in the thread, anything else to be opened or saved.

import { element } from "../shared/dom.js";
import { kindWords, sizeWords } from "../shared/file_words.js";

/** Pictures that are larger are opened when they are asked for. */
const UNASKED = 3 * 1024 * 1024;
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

export function createAttachment() {
  const node = element("a", { class: "opener", target: "_blank", rel: "noopener", hidden: true });

  return {
    node,
    draw({ attachment, attachment_url: url, file }) {
      node.hidden = !url;
      if (!url || node.getAttribute("href") === url) return;
      node.href = url;
      node.replaceChildren(...[isPicture(attachment, file) && picture(url), words(attachment, file)].filter(Boolean));
    },
  };
}

/** Of what a platform keeps the size is not known; platforms make pictures small. */
const isPicture = (kind, file) => kind === "image" && (!file || (SHOWN.test(file.type) && file.size <= UNASKED));

function picture(url) {
  const image = element("img", { src: url, alt: "", loading: "lazy" });
  image.addEventListener("error", () => image.remove()); // the platform has it no more, as the link will tell
  return image;
}

const words = (kind, file) => element("span", { text: file ? `打开 ${file.name}（${sizeWords(file.size)}）` : `打开${kindWords(kind)}` });
