// What the status panel says. Pure.

const DATABASES = { ok: "正常", sqlite: "SQLite（本机文件）", postgresql: "PostgreSQL" };

/** @returns {{name: string, value: string, tone: "" | "good" | "bad"}[]} */
export function statusRows({ assistant, database, version }) {
  const { ready, model, error } = assistant ?? {};
  return [
    { name: "智能助手", value: ready ? "就绪" : error ? "不可用" : "正在启动", tone: ready ? "good" : error ? "bad" : "" },
    ...(error ? [{ name: "原因", value: error, tone: "bad" }] : []),
    { name: "当前模型", value: model || "还没有模型", tone: model ? "" : "bad" },
    { name: "数据库", value: DATABASES[database] ?? database ?? "未知", tone: "" },
    { name: "版本", value: version ?? "未知", tone: "" },
  ];
}
