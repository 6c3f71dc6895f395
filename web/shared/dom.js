// Making elements without ever parsing text as HTML.

/**
 * @param {string} tag
 * @param {Record<string, unknown>} attributes `class`, `text`, listeners as `onclick`, anything else as an attribute;
 *   null, undefined and false leave it out, true sets it empty
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) put(made, name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** One of the page's `<symbol>`s; decoration only, so hidden from assistive technology. */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** The element with this id; a page without it is broken, and says so at once. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element #${id}`);
  return found;
}

/** Instead of what is in it. (`replaceChildren` is missing in WeChat's older browsers.) */
export function fill(place, ...children) {
  place.textContent = "";
  place.append(...children);
}

/** Sets the text only when it differs, so that live regions do not repeat themselves. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

function put(target, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") target.textContent = value;
  else if (name === "class") target.className = value;
  else if (name.startsWith("on")) target.addEventListener(name.slice(2), value);
  else target.setAttribute(name, value === true ? "" : value);
}
