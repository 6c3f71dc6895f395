// The field worker's page: opened by a link whose key is in the fragment, so that no server log and no other site sees it.

import { byId, element, setText } from "../shared/dom.js";
import { clockWords, dayWords } from "../shared/times.js";
import { factsOf, stepsOf } from "./report.js";

const NO_NETWORK = "网络不通，还没有提交。请稍后再点一次，不会重复。";
const key = location.hash.slice(1);
const form = byId("result-form");
const buttons = [byId("on-site"), form.querySelector('[type="submit"]')];

async function call(method, path, body) {
  let response;
  try {
    const json = body ? { body: JSON.stringify(body) } : {};
    response = await fetch(`/api/field${path}`, { method, cache: "no-store", credentials: "omit", headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" }, ...json });
  } catch {
    throw new Error(NO_NETWORK);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(Object.values(answer.error?.fields ?? {})[0] ?? answer.error?.message ?? NO_NETWORK);
  return answer.order;
}

function show(order) {
  const steps = stepsOf(order);
  byId("loading").hidden = true;
  byId("trouble").hidden = true;
  byId("order").hidden = false;
  setText(byId("title"), `${order.unit ?? ""} 工单反馈`);
  setText(byId("state"), steps.text);
  byId("on-site").hidden = !steps.arrive;
  form.hidden = !steps.report;
  byId("facts").replaceChildren(...factsOf(order, (at) => at && `${dayWords(at, new Date())} ${clockWords(at)}`).map(fact));
  setText(byId("hotline"), order.hotline);
  byId("hotline").href = `tel:${order.hotline.replace(/[^\d+]/g, "")}`;
}

function fact([name, value, href]) {
  return element("div", {}, element("dt", { text: name }), element("dd", {}, href ? element("a", { href, text: value }) : value));
}

function fail(box, text) {
  byId("loading").hidden = true;
  setText(box, text);
  box.hidden = !text;
}

async function attempt(box, act) {
  for (const button of buttons) button.disabled = true;
  fail(box, "");
  try {
    show(await act());
  } catch (error) {
    fail(box, error.message);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

byId("on-site").addEventListener("click", () => attempt(byId("trouble"), () => call("POST", "/on-site")));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const data = new FormData(form);
  const result = String(data.get("result")).trim();
  if (!data.get("solved")) return fail(byId("result-error"), "请选择是否已解决。");
  if (result.length < 2) return fail(byId("result-error"), "请写明处理情况。");
  return attempt(byId("result-error"), () => call("POST", "/result", { result, solved: data.get("solved") === "yes" }));
});

window.addEventListener("hashchange", () => location.reload());
void attempt(byId("trouble"), () => call("GET", "/order"));
