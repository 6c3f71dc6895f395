import assert from "node:assert/strict";
import { test } from "node:test";

import { statusRows } from "./status_rows.js";

const told = (status) => Object.fromEntries(statusRows(status).map(({ name, value }) => [name, value]));

test("a ready assistant, its model, the database and the version are told", () => {
  const status = { assistant: { ready: true, model: "20260105.tar.gz", error: null }, database: "sqlite", version: "0.1.0" };
  assert.deepEqual(told(status), { 智能助手: "就绪", 当前模型: "20260105.tar.gz", 数据库: "SQLite（本机文件）", 版本: "0.1.0" });
});

test("starting is not failing: only an error makes it unavailable, with the reason", () => {
  assert.equal(told({ assistant: { ready: false, model: null, error: null } })["智能助手"], "正在启动");
  const failed = told({ assistant: { ready: false, model: null, error: "进程退出，代码 1" } });
  assert.deepEqual([failed["智能助手"], failed["原因"], failed["当前模型"]], ["不可用", "进程退出，代码 1", "还没有模型"]);
});

test("an empty answer claims nothing", () => {
  assert.deepEqual(told({}), { 智能助手: "正在启动", 当前模型: "还没有模型", 数据库: "未知", 版本: "未知" });
});
