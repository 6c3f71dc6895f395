// One upload: an XMLHttpRequest, because only that tells how far it has come.

const LIMIT = 180000; // milliseconds: a photo over a bad mobile network

/** @returns {{answer: Promise<{status: number, body: object | null}>, cancel: () => void}} rejects when the way breaks */
export function upload({ address, headers = {}, bytes, onProgress }) {
  const request = new XMLHttpRequest();
  const answer = new Promise((resolve, reject) => {
    request.open("POST", address);
    request.responseType = "json";
    request.timeout = LIMIT;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => total > 0 && onProgress(loaded / total));
    request.addEventListener("load", () => resolve({ status: request.status, body: request.response }));
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Error(end)));
    request.send(bytes);
  });
  return { answer, cancel: () => request.abort() };
}
