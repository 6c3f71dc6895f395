// The ways a file comes to the page: the button, a paste, a drop. What becomes of it is for others.

/** @param {(files: File[]) => void} parts.onFiles */
export function createAttach({ button, input, field, zone, onFiles }) {
  const hand = (list) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(files);
    return files.length > 0;
  };
  let depth = 0;

  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    hand(input.files);
    input.value = ""; // or the same file could not be chosen again
  });
  field.addEventListener("paste", (event) => {
    // Programs that copy a text put a picture of it beside it: then the text is meant.
    if (!event.clipboardData?.getData("text/plain") && hand(event.clipboardData?.files)) event.preventDefault();
  });

  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const mark = (change) => {
    depth = change === 0 ? 0 : Math.max(0, depth + change);
    zone.classList.toggle("is-drop", depth > 0);
  };
  zone.addEventListener("dragenter", (event) => hasFiles(event) && mark(1));
  zone.addEventListener("dragleave", (event) => hasFiles(event) && mark(-1));
  zone.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  zone.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(0);
    hand(event.dataTransfer.files);
  });
}
