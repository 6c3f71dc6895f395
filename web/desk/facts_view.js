// Pairs of a name and a value.

import { element, setText } from "../shared/dom.js";
import { createKeyedList } from "./keyed_list.js";

export function createFacts() {
  const node = element("dl", { class: "pairs" });
  const rows = createKeyedList(node, { keyOf: ({ name }) => name, create: createPair });
  return {
    node,
    /** @param {[string, string][]} pairs names are unique */
    show: (pairs) => rows.show(pairs.map(([name, value]) => ({ name, value }))),
  };
}

function createPair() {
  const [name, value] = [element("dt"), element("dd")];
  return {
    node: element("div", {}, name, value),
    draw(pair) {
      setText(name, pair.name);
      setText(value, pair.value);
    },
  };
}
