// 坐席: how many conversations each agent takes at a time, and which skill groups he belongs to.

import { element, setText } from "../shared/dom.js";
import { headOf } from "../shared/table.js";
import { createKeyedList } from "./keyed_list.js";
import { PRESENCES, ROLES, personText } from "./words.js";

const SERVING = ["agent", "lead"];

/** @param {{store: object, leadApi: object}} parts */
export function createSeatsView({ store, leadApi }) {
  const error = element("p", { class: "error-box", role: "alert", hidden: true });
  const body = element("tbody");
  const table = element("table", { class: "table" }, headOf(["人员", "状态", "接待", "同时接待上限", "技能组", ""]), body);
  const node = element("div", {}, element("p", { class: "soft", text: "修改后立即生效：有空位的坐席马上分到排队的会话。会话先分给对应技能组，组里没有人能接时分给其他人。" }), error, table);
  const rows = createKeyedList(body, { keyOf: ({ staff_id }) => staff_id, create: () => createRow(save) });

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  async function save(staffId, seat) {
    try {
      store.dispatch("staff", await leadApi.seat(staffId, seat));
      store.dispatch("notice", { text: `已保存工号 ${staffId} 的设置。`, tone: "good" });
      fail("");
    } catch (problem) {
      fail(Object.values(problem.fields ?? {})[0] ?? problem.message);
    }
  }

  function render({ staff, skillGroups }) {
    const people = [...staff.values()].filter(({ role }) => SERVING.includes(role));
    people.sort((a, b) => a.staff_id.localeCompare(b.staff_id));
    rows.show(people.map((person) => ({ ...person, offered: skillGroups })));
  }

  return {
    key: "seats",
    label: "坐席",
    leadOnly: true,
    node,
    render,
    open: () => fail(""),
  };
}

function createRow(save) {
  const [who, presence, load] = [element("th", { scope: "row" }), element("td"), element("td")];
  const capacity = element("input", { type: "number", min: "1", class: "number" });
  const choices = element("fieldset", { class: "groups-choice" });
  const button = element("button", { class: "button", type: "button", text: "保存" });
  const node = element("tr", {}, who, presence, load, element("td", {}, capacity), element("td", {}, choices), element("td", {}, button));
  let drawn = null;
  return {
    node,
    draw(person) {
      setText(who, `${personText(person)}（${ROLES[person.role]}）`);
      setText(presence, `${PRESENCES[person.presence]}${person.reason ? `：${person.reason}` : ""}`);
      setText(load, String(person.load));
      button.onclick = () => save(person.staff_id, { capacity: Number(capacity.value), groups: chosen() });
      button.setAttribute("aria-label", `保存工号 ${person.staff_id} 的设置`);
      capacity.setAttribute("aria-label", `工号 ${person.staff_id} 同时接待上限`);
      // What is being typed is not overwritten by a frame about something else.
      const seat = JSON.stringify([person.capacity, person.groups, person.offered]);
      if (seat === drawn) return;
      drawn = seat;
      capacity.value = String(person.capacity);
      choices.replaceChildren(element("legend", { class: "sr-only", text: `工号 ${person.staff_id} 的技能组` }), ...groupBoxes(person));
    },
  };

  function chosen() {
    return [...choices.querySelectorAll("input:checked")].map(({ value }) => value);
  }
}

function groupBoxes({ offered, groups = [] }) {
  return offered.map((name) => element("label", {}, element("input", { type: "checkbox", value: name, checked: groups.includes(name) }), element("span", { text: name })));
}
