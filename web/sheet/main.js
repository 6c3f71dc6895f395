// Sheets to print: ?n=20260105-0001 (several times), or ?state=leaving for all that has to be sent out.

import { byId, element, setText } from "../shared/dom.js";
import { createOrdersApi } from "../shared/orders_api.js";
import { createApi } from "../shared/staff_api.js";
import { clockWords, dayWords } from "../shared/times.js";

const SIGN_IN = "请先在坐席工作台登录，再打开本页。";
const api = createOrdersApi(createApi({ fetch: (...request) => fetch(...request), onSignedOut: () => {} }));
const wanted = new URLSearchParams(location.search);

async function orders() {
  const numbers = wanted.getAll("n");
  if (!numbers.length) return (await api.list({ state: wanted.get("state") || "leaving" })).orders;
  return (await Promise.all(numbers.map((number) => api.one(number)))).map(({ order }) => order);
}

const time = (at) => (at ? `${dayWords(at, new Date(0))} ${clockWords(at)}` : "");

function sheet(order) {
  const rows = [
    ["工单号", order.number],
    ["报修类型", [order.type, order.grade, order.urgency].filter(Boolean).join(" · ")],
    ["承办单位", order.unit ?? order.handling],
    ["地址", order.address],
    ["联系电话", order.contact_phone],
    ["方便时间", order.contact_time],
    ["内容", order.summary],
    ["备注", order.notes],
    ["受理时间", time(order.created_at)],
    ["完成期限", time(order.due_at)],
    ["首问责任人", order.owner ? `工号 ${order.owner}` : "智能助手"],
  ];
  const blanks = ["到场时间", "处理情况", "用户签字", "维修人员签字"];
  return element(
    "section",
    { class: "sheet" },
    element("h2", { text: "派工单" }),
    element("table", {}, element("tbody", {}, ...rows.map(([name, value]) => line(name, value ?? "")), ...blanks.map((name) => line(name, "", name === "处理情况" ? "blank" : "")))),
  );
}

function line(name, value, kind = "") {
  return element("tr", {}, element("th", { scope: "row", text: name }), element("td", { class: kind || null, text: value }));
}

byId("print").addEventListener("click", () => window.print());

try {
  const found = await orders();
  byId("sheets").replaceChildren(...found.map(sheet));
  setText(byId("status"), found.length ? `共 ${found.length} 张` : "没有要打印的工单。");
  byId("print").disabled = found.length === 0;
} catch (error) {
  setText(byId("status"), error.status === 401 ? SIGN_IN : error.message);
}
