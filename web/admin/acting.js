// What an administrator sets going in the steps of training: how it ended is told, and the page shows what is so now.

import { setText } from "../shared/dom.js";

/**
 * @param {object} parts
 * @param {HTMLElement} parts.news where it is told
 * @param {() => Promise<void>} parts.load the step's own state anew
 * @param {() => void} parts.changed the other steps may have changed
 * @returns {(work: () => Promise<unknown>, told: string) => Promise<void>}
 */
export function createAct({ news, load, changed }) {
  return async (work, told) => {
    try {
      await work();
      setText(news, told);
    } catch (error) {
      setText(news, error.message);
    }
    await load().catch(() => {});
    changed();
  };
}
