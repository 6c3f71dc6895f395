// What a message of the thread carries: pictures and films of bounded size in the thread, anything else to be opened or saved.

import { element } from "../shared/dom.js";
import { kindWords, sizeWords } from "../shared/file_words.js";

/** Pictures that are larger are opened when they are asked for. */
const UNASKED = 3 * 1024 * 1024;
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

export function createAttachment() {
  const opener = element("a", { class: "opener", target: "_blank", rel: "noopener" });
  const node = element("div", { class: "attachment", hidden: true }, opener);

  return {
    node,
    draw({ attachment, attachment_url: url, file }) {
      node.hidden = !url;
      if (!url || opener.getAttribute("href") === url) return;
      opener.href = url;
      opener.replaceChildren(...[isPicture(attachment, file) && picture(url), words(attachment, file)].filter(Boolean));
      node.replaceChildren(...[isFilm(attachment, file) && film(url), opener].filter(Boolean));
    },
  };
}

/** Of what a platform keeps the size is not known; platforms make pictures small. */
const isPicture = (kind, file) => kind === "image" && (!file || (SHOWN.test(file.type) && file.size <= UNASKED));

const isFilm = (kind, file) => kind === "video" && (!file || file.type === "video/mp4");

function picture(url) {
  const image = element("img", { src: url, alt: "", loading: "lazy" });
  image.addEventListener("error", () => image.remove()); // the platform has it no more, as the link will tell
  return image;
}

/** Nothing is loaded before it is played, and then in pieces. */
function film(url) {
  const player = element("video", { class: "film", src: url, controls: true, preload: "none", playsinline: true, "aria-label": "视频" });
  player.addEventListener("error", () => player.remove());
  return player;
}

const words = (kind, file) => element("span", { text: file ? `打开 ${file.name}（${sizeWords(file.size)}）` : `打开${kindWords(kind)}` });
