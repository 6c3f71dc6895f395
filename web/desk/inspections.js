// Quality inspection, put together: the inspector's own page, and what agents and leads see of it under 班务.

import { createSheetDrafts } from "./inspection_drafts.js";
import { createInspectionApi } from "./inspection_api.js";
import { createOwnInspectionsTab } from "./inspection_own_view.js";
import { createScoresTab } from "./inspection_scores_view.js";
import { createInspectorDesk } from "./inspector_desk.js";

/** @param {{clock: object, api: object, leadApi: object, storage: object, entered: () => void}} parts `entered`: an inspector is there */
export function createInspections({ clock, api, leadApi, storage, entered }) {
  const scoring = { clock, api: createInspectionApi(api), drafts: createSheetDrafts(storage) };
  return {
    inspector: createInspectorDesk({ clock, api, leadApi, scoring, entered }),
    tabs: (store) => [createOwnInspectionsTab({ ...scoring, store }), createScoresTab({ ...scoring, store })],
  };
}
