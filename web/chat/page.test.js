// The page as it is served: light, complete, and nothing the content security policy would refuse.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";

const web = new URL("../", import.meta.url);
const html = readFileSync(new URL("chat/index.html", web), "utf8");
const served = [...html.matchAll(/(?:href|src)="\/static\/([^"]+)"/g)].map(([, path]) => path);
const preloaded = [...html.matchAll(/"modulepreload" href="\/static\/([^"]+)"|type="module" src="\/static\/([^"]+)"/g)].map(([, link, main]) => link ?? main);
const MAX_BYTES = 60 * 1024;

/** Every module the page needs, found by following its imports. */
function imported(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  if (path.startsWith("vendor/")) return found;
  const source = readFileSync(new URL(path, web), "utf8");
  for (const [, target] of source.matchAll(/^import[^;]+ from "([^"]+)";/gm)) {
    imported(new URL(target, new URL(path, "web:///")).pathname.slice(1), found);
  }
  return found;
}

test("the page preloads exactly the modules it imports", () => {
  assert.deepEqual(preloaded.sort(), [...imported("chat/main.js")].sort());
});

test("whatever the page names exists", () => {
  for (const path of served) assert.ok(existsSync(new URL(path, web)), path);
});

test("there is no inline script, style or handler", () => {
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/);
});

test("every element the page's script asks for is there", () => {
  const script = readFileSync(new URL("chat/main.js", web), "utf8");
  const wanted = [...script.matchAll(/byId\("([^"]+)"\)/g)].map(([, id]) => id);
  assert.ok(wanted.length > 10);
  for (const id of wanted) assert.match(html, new RegExp(`id="${id}"`));
});

test("page, styles and modules are at most 60 KB compressed", () => {
  const parts = [html, ...served.map((path) => readFileSync(new URL(path, web)))];
  const bytes = parts.reduce((sum, part) => sum + gzipSync(part).length, 0);
  assert.ok(bytes <= MAX_BYTES, `${bytes} bytes`);
});

/** What came to browsers after Chromium 80 and Safari 13.4, the oldest the page is for (docs/customer-page.md). */
const TOO_NEW = /\?\?=|\|\|=|&&=|\.replaceChildren\(|\.at\(|\.findLast|\.replaceAll\(|Object\.(hasOwn|groupBy)|structuredClone|AbortSignal\.timeout|\(\?<[=!]|^\s*static \{|^\s*#\w+\(/m;
const LATER = ["chat/files.js", "chat/file_view.js"];

test("no module needs a newer browser than the page promises", () => {
  const modules = [...new Set(["chat/main.js", ...LATER].flatMap((path) => [...imported(path)]))];
  assert.ok(modules.length > 30);
  for (const path of modules) {
    if (path.startsWith("vendor/")) continue;
    assert.doesNotMatch(readFileSync(new URL(path, web), "utf8"), TOO_NEW, path);
  }
});

test("no module parses text as HTML", () => {
  for (const path of imported("chat/main.js")) {
    if (path.startsWith("vendor/")) continue;
    assert.doesNotMatch(readFileSync(new URL(path, web), "utf8"), /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, path);
  }
});
