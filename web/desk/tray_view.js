// Files chosen for the customer, above the reply box until they are sent: what was pasted by mistake can be taken out.

import { element } from "../shared/dom.js";
import { kindOf, refusal, sizeWords } from "../shared/file_words.js";

const AT_ONCE = 9;

/** @param {{limitMb: () => number | null, refuse: (words: string) => void, changed: () => void}} parts */
export function createTray({ limitMb, refuse, changed }) {
  const node = element("ul", { class: "tray", "aria-label": "待发送的图片和文件", hidden: true });
  let files = [];

  function draw() {
    node.hidden = files.length === 0;
    node.replaceChildren(...files.map(chip));
    changed();
  }

  function chip(file) {
    const remove = element("button", { class: "link", type: "button", text: "移除", "aria-label": `移除 ${file.name}`, onclick: () => drop(file) });
    return element("li", {}, preview(file), element("span", { class: "tray-name", text: file.name }), element("span", { class: "tray-size", text: sizeWords(file.size) }), remove);
  }

  function drop(file) {
    files = files.filter((each) => each !== file);
    draw();
  }

  return {
    node,
    get empty() {
      return files.length === 0;
    },
    /** @param {File[]} chosen */
    add(chosen) {
      const problems = chosen.map((file) => refusal(file, limitMb())).filter(Boolean);
      if (files.length + chosen.length > AT_ONCE) problems.push(`一次最多发送 ${AT_ONCE} 个文件。`);
      files = [...files, ...chosen.filter((file) => !refusal(file, limitMb()))].slice(0, AT_ONCE);
      draw();
      if (problems.length > 0) refuse(problems[0]);
    },
    /** Hands them over, in their order, and is empty. */
    take() {
      const taken = files;
      files = [];
      draw();
      return taken;
    },
  };
}

function preview(file) {
  if (kindOf(file) !== "image") return null;
  const url = URL.createObjectURL(file);
  const done = () => URL.revokeObjectURL(url);
  return element("img", { src: url, alt: "", onload: done, onerror: done });
}
