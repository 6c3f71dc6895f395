// A list drawn by key: rows are made once, redrawn when their data changes, and moved only when the order does.

/**
 * @param {Element} parent
 * @param {object} parts
 * @param {(item) => string} parts.keyOf
 * @param {(item) => {node: Element, draw: (item) => void}} parts.create
 */
export function createKeyedList(parent, { keyOf, create }) {
  const rows = new Map();

  function rowFor(item) {
    const key = keyOf(item);
    let row = rows.get(key);
    if (!row) rows.set(key, (row = { ...create(item), item: null }));
    if (!sameFields(row.item, item)) {
      row.draw(item);
      row.item = item;
    }
    return row;
  }

  return {
    rows,

    show(items) {
      const kept = new Set(items.map(keyOf));
      for (const [key, row] of rows) {
        if (kept.has(key)) continue;
        row.node.remove();
        rows.delete(key);
      }
      let place = parent.firstElementChild;
      for (const item of items) {
        const { node } = rowFor(item);
        if (node === place) place = place.nextElementSibling;
        else parent.insertBefore(node, place);
      }
    },

    clear() {
      rows.clear();
      parent.replaceChildren();
    },
  };
}

/** `now` is for drawing only: a row is not redrawn because time went by. */
function sameFields(a, b) {
  if (a === null) return false;
  const names = Object.keys(b);
  return names.length === Object.keys(a).length && names.every((name) => name === "now" || Object.is(a[name], b[name]));
}
