// What most visitors come for, as buttons, until the first word is said.

/** @param {(text: string) => void} parts.onChoice sends the words the button stands for */
export function createStarters({ panel, onChoice }) {
  for (const button of panel.querySelectorAll("[data-text]")) {
    button.addEventListener("click", () => onChoice(button.dataset.text));
  }

  return {
    /** @param {boolean} on nothing has been said yet, as far as the server knows too */
    show(on) {
      panel.hidden = !on;
    },
  };
}
