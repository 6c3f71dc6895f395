// The working place of an inspector (质检员): no conversations of his own, so no live connection; tabs over the page.

import { byId, setText } from "../shared/dom.js";
import { createBreachesTab } from "./breaches_view.js";
import { createInspectionTab } from "./inspection_view.js";
import { createScoresTab } from "./inspection_scores_view.js";
import { createLogTab } from "./log_view.js";
import { createPanelTabs } from "./panel_tabs.js";
import { createReportTab } from "./report_view.js";
import { createSatisfactionTab } from "./satisfaction_view.js";
import { personText, ROLES } from "./words.js";

/** @param {{clock: object, api: object, leadApi: object, scoring: object, entered: () => void}} parts `scoring`: see inspections.js */
export function createInspectorDesk({ clock, api, leadApi, scoring, entered }) {
  const root = byId("inspecting");
  // What the tabs know of the people; they ask for everything else themselves.
  const store = { state: { me: null, staff: new Map() } };
  let tabs = null;

  function build() {
    const inspect = createInspectionTab({ ...scoring, store });
    const openConversation = async (id) => {
      tabs.choose(inspect.key);
      await inspect.show(id);
    };
    const read = [createReportTab({ store, leadApi }), createBreachesTab({ clock, leadApi }), createSatisfactionTab({ store, leadApi }), createLogTab({ clock, store, leadApi, openConversation })];
    tabs = createPanelTabs({ name: "inspector-", label: "质检工作台", tabs: [inspect, createScoresTab({ ...scoring, store }), ...read] });
    byId("inspecting-tabs").replaceChildren(tabs.bar);
    byId("inspecting-body").replaceChildren(tabs.body);
  }

  return {
    me: () => store.state.me,

    async enter(me) {
      store.state = { me, staff: new Map() };
      build(); // anew for each person: nothing of the one before is left on the page
      setText(byId("inspecting-who"), `${personText(me)} · ${ROLES[me.role]}`);
      root.hidden = false;
      entered();
      const { staff } = await api.staff().catch(() => ({ staff: [] })); // numbers without names, then
      if (store.state.me !== me) return;
      store.state.staff = new Map(staff.map((person) => [person.staff_id, person]));
      tabs.open();
    },

    leave() {
      store.state = { me: null, staff: new Map() };
      root.hidden = true;
      byId("inspecting-tabs").replaceChildren();
      byId("inspecting-body").replaceChildren();
    },
  };
}
