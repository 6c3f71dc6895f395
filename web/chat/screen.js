// Fits the page to what is left of the screen above a phone's keyboard, and to the type size the customer chose.

const LARGE = "large";
/** Below this many pixels the head is made small, so that some of the conversation stays visible. */
const SHORT = 440;

/** iOS leaves the page as tall as before and only shrinks the visual viewport; the page follows that. */
export function followViewport(viewport) {
  if (!viewport) return;
  const root = document.documentElement;
  const fit = () => {
    // A customer who has zoomed in wants to move over the page, not to have it shrunk.
    if (viewport.scale > 1.01) return;
    root.style.setProperty("--app-height", `${Math.round(viewport.height)}px`);
    root.style.setProperty("--app-top", `${Math.round(viewport.offsetTop)}px`);
    root.classList.toggle("is-short", viewport.height < SHORT);
  };
  viewport.addEventListener("resize", fit);
  viewport.addEventListener("scroll", fit);
  fit();
}

/** @param {(change: () => void) => void} resize carries out the change, around whatever must be kept in place */
export function createTypeSize(button, storage, resize) {
  const show = (large) => {
    button.setAttribute("aria-pressed", String(large));
    resize(() => document.documentElement.classList.toggle("is-large", large));
  };
  button.addEventListener("click", () => {
    const large = button.getAttribute("aria-pressed") !== "true";
    storage.set(LARGE, large ? "1" : "0");
    show(large);
  });
  show(storage.get(LARGE) === "1");
}
