// The vendored files are the published ones, and the lock file names each of them.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const here = new URL("./", import.meta.url);
const lock = JSON.parse(readFileSync(new URL("vendor.lock.json", here), "utf8"));
const locked = lock.packages.flatMap((entry) => entry.files);

for (const { file, sha256 } of locked) {
  test(`${file} is what was published`, () => {
    const digest = createHash("sha256").update(readFileSync(new URL(file, here))).digest("hex");
    assert.equal(digest, sha256);
  });
}

test("nothing is vendored without being locked", () => {
  const own = ["vendor.lock.json", "vendor.test.js"];
  const found = readdirSync(here).filter((name) => !own.includes(name));
  assert.deepEqual(found.sort(), locked.map(({ file }) => file).sort());
});
