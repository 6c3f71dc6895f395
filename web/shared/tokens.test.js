// The contrast the tokens promise, computed as WCAG 2.2 does (1.4.3 text 4.5 : 1, 1.4.11 edges of controls 3 : 1).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const darkStart = css.indexOf("@media (prefers-color-scheme: dark)");
const colours = (part) => Object.fromEntries([...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
const light = colours(css.slice(0, darkStart));
const schemes = { light, dark: { ...light, ...colours(css.slice(darkStart)) } };

const TEXT = {
  ink: ["page", "surface", "surface-low", "line-soft", "brand-tint", "danger-tint", "warn-tint"],
  "ink-soft": ["page", "surface", "surface-low", "line-soft"],
  "brand-ink": ["surface", "surface-low", "brand-tint"],
  "danger-ink": ["surface", "surface-low", "danger-tint"],
  "warn-ink": ["warn-tint"],
  "ok-ink": ["ok-tint", "surface"],
  "on-bar": ["bar", "bar-end"],
  "on-bar-soft": ["bar", "bar-end"],
  "on-brand": ["brand-fill", "brand-fill-strong"],
  "on-danger": ["danger-fill", "danger-fill-strong"],
};
const EDGES = {
  "line-strong": ["surface", "surface-low"],
  "danger-line": ["surface", "surface-low", "danger-tint"],
  "brand-ink": ["surface-low"],
  focus: ["surface", "surface-low", "page"],
  "ok-dot": ["bar", "bar-end"],
};

for (const [scheme, tokens] of Object.entries(schemes)) {
  for (const [pairs, least] of [[TEXT, 4.5], [EDGES, 3]]) {
    for (const [ink, ground] of Object.entries(pairs).flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground]))) {
      test(`${scheme}: ${ink} on ${ground} is at least ${least} : 1`, () => {
        const found = contrast(tokens[ink], tokens[ground]);
        assert.ok(found >= least, `${tokens[ink]} on ${tokens[ground]} is ${found.toFixed(2)} : 1`);
      });
    }
  }
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => linear(parseInt(colour.slice(start, start + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
