// A sheet that is being filled in outlives a reload and an ended session, like the agents' drafts; signing out by hand
// clears it (keepsakes.js: the same names).

/** @param {object} storage see shared/storage.js */
export function createSheetDrafts(storage) {
  const key = (staffId, conversationId) => `desk.${staffId}.sheet.${conversationId}`;
  return {
    keep: (staffId, conversationId, sheet) => storage.set(key(staffId, conversationId), JSON.stringify(sheet)),
    drop: (staffId, conversationId) => storage.remove(key(staffId, conversationId)),

    /** What was written on this version of the inspection; null if nothing was, or it has changed since. */
    of(staffId, conversationId, version) {
      const kept = parse(storage.get(key(staffId, conversationId)));
      return kept?.version === version ? kept : null;
    },
  };
}

/** The inspection as its sheet stands in the draft; names and points are the inspection's or the criteria's. */
export function withDraft(inspection, draft) {
  if (!draft) return inspection;
  const before = new Map((inspection?.deductions ?? []).map((each) => [each.key, each]));
  return { ...inspection, ...draft, deductions: draft.deductions.map((each) => ({ ...before.get(each.key), ...each })) };
}

function parse(json) {
  try {
    return JSON.parse(json ?? "null");
  } catch {
    return null;
  }
}
