// The way from labelled messages to a new live model: write, train and compare, release, go back.

import { element } from "../shared/dom.js";
import { createChangeView } from "./change_view.js";
import { createReleaseView } from "./release_view.js";
import { createScheduleView } from "./schedule_view.js";
import { createTrainingView } from "./training_view.js";

/** @param {{root: HTMLElement, request: Function, changed: () => void}} parts */
export function createModelsView({ root, request, changed }) {
  const reload = () => void load().catch(() => {});
  const change = createChangeView({ request, changed });
  const training = createTrainingView({ request, changed: reload });
  const release = createReleaseView({ request, changed: reload });
  const schedule = createScheduleView({ request });
  root.replaceChildren(element("h2", { class: "sr-only", text: "训练与发布" }), change.node, training.node, release.node, schedule.node);

  /** What changes by itself; the change set is looked at anew only when the page is opened, because checking it takes a second. */
  async function load() {
    await Promise.all([training.load(), release.load(), schedule.load()]);
  }

  return { load, open: () => Promise.all([change.load(), load()]) };
}
