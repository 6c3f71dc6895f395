// What is said of files. Pure.

const KINDS = { image: "图片", video: "视频", voice: "录音", file: "文件" };

export const kindWords = (kind) => KINDS[kind] ?? KINDS.file;

/** "820 KB", "3.4 MB". */
export function sizeWords(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Why a file cannot be sent, as far as that can be told before it is; "" if nothing is known against it. */
export function refusal({ size }, limitMb) {
  if (size === 0) return "文件是空的，请重新选择。";
  return limitMb && size > limitMb * 1024 * 1024 ? `文件太大，请控制在 ${limitMb} MB 以内。` : "";
}

/** How a file is named in the conversation, as the server does it. */
export const labelOf = ({ kind, name }) => (kind === "file" ? `［文件 ${name}］` : `［${kindWords(kind)}］`);

/** What a file probably is, by the browser's word; the server looks at its content. */
export function kindOf({ type }) {
  const kind = /^(image|video|audio)\//.exec(type ?? "")?.[1] ?? "file";
  return kind === "audio" ? "voice" : kind;
}
