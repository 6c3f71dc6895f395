// Files on the screen: pictures of bounded size in the conversation, large on a tap; anything else as a card to save.

import { element, fill, icon, setText } from "../shared/dom.js";
import { kindWords, sizeWords } from "../shared/file_words.js";

/** Larger pictures are shown when they are asked for. */
const UNASKED = 3 * 1024 * 1024;

/**
 * @param {object} parts
 * @param {(id: string) => Promise<Blob | undefined>} parts.own bytes of a file that is still to be sent
 * @param {(seq: number) => Promise<Response>} parts.fetch
 * @param {(seq: number) => Promise<string>} parts.link an address that lasts some minutes
 * @param {(seq: number) => Promise<void>} parts.save
 */
export function createFileView({ own, fetch, link, save }) {
  /** Addresses of the pictures by message: id → Promise<string>. */
  const addresses = new Map();
  const sight = new IntersectionObserver(seen, { rootMargin: "200px" });
  const wanted = new WeakMap();

  function seen(entries) {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      sight.unobserve(target);
      wanted.get(target)?.();
    }
  }

  async function address({ key, seq }) {
    const bytes = (await own(key)) ?? (await fetched(seq));
    return URL.createObjectURL(bytes);
  }

  async function fetched(seq) {
    const answer = seq === null ? null : await fetch(seq);
    if (!answer?.ok) throw new Error("not there");
    return answer.blob();
  }

  function picture(item) {
    const { name, size } = item.file;
    const image = element("img", { alt: name });
    const words = element("span", { class: "file-words" });
    const node = element("button", { type: "button", class: "picture", "aria-label": `查看图片：${name}` }, image, words);
    let url = null;
    const load = async () => {
      setText(words, "正在载入…");
      try {
        if (!addresses.has(item.key)) addresses.set(item.key, address(item));
        url = await addresses.get(item.key);
        image.src = url;
        setText(words, "");
      } catch {
        addresses.delete(item.key);
        setText(words, "图片没有载入，点此重试");
      }
    };
    node.addEventListener("click", () => (url ? enlarge(url, name) : load()));
    if (size > UNASKED && item.seq !== null) setText(words, `点此查看图片（${sizeWords(size)}）`);
    else wanted.set(node, load), sight.observe(node);
    return node;
  }

  function card(item) {
    const { kind, name, size } = item.file;
    const state = element("span", { class: "file-words" });
    const rest = `${kindWords(kind)} · ${sizeWords(size)}`;
    setText(state, rest);
    const node = element("button", { type: "button", class: "file-card" }, icon("file"), element("span", { class: "file-name", text: name }), state);
    node.addEventListener("click", async () => {
      if (item.seq === null) return;
      try {
        await save(item.seq);
        setText(state, rest);
      } catch {
        setText(state, "没有打开，点此重试");
      }
    });
    return node;
  }

  /** Nothing of a film is loaded before it is played; then it comes in pieces. */
  function film(item) {
    const start = element("button", { type: "button", class: "film-start", text: "播放" });
    const box = element("div", { class: "film-box" }, start, card(item));
    start.addEventListener("click", async () => {
      if (item.seq === null) return;
      const player = element("video", { class: "film", controls: true, playsinline: true, "aria-label": `视频：${item.file.name}` });
      try {
        player.src = await link(item.seq);
      } catch {
        return setText(start, "没有打开，点此重试");
      }
      renewing(player, () => link(item.seq));
      start.replaceWith(player);
      player.play().catch(() => {});
    });
    return box;
  }

  const nodeFor = (item) => (isPicture(item.file) ? picture : item.file.type === "video/mp4" ? film : card)(item);

  return {
    /** Puts the file of an item into its bubble. @returns {(item: object) => void} takes over what is known later */
    show(place, item) {
      const held = { ...item };
      fill(place, nodeFor(held));
      return (now) => Object.assign(held, now);
    },
  };
}

const isPicture = ({ kind, type }) => kind === "image" && /^image\/(png|jpeg|gif|webp)$/.test(type);

/** The address of a film lasts minutes: who goes on after a pause is given another, once for each break. */
function renewing(player, address) {
  let fresh = true;
  player.addEventListener("playing", () => (fresh = false));
  player.addEventListener("error", async () => {
    if (fresh) return;
    fresh = true;
    const at = player.currentTime;
    player.src = await address().catch(() => "");
    player.currentTime = at;
    player.play().catch(() => {});
  });
}

function enlarge(url, name) {
  const dialog = element("dialog", { class: "large-picture", "aria-label": `图片：${name}` });
  const close = element("button", { type: "button", class: "large-close", text: "关闭", onclick: () => dialog.close() });
  dialog.append(element("img", { src: url, alt: name, onclick: () => dialog.close() }), close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}
