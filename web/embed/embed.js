// The button on a company's own site that opens the chat: one classic script, no name of its own in the page.
// All looks are set one by one (CSSOM), which a strict style-src allows. docs/embedding.md tells the rest.

(function () {
  "use strict";

  var script = document.currentScript;
  if (!script || document.querySelector("[data-gasdesk-widget]")) return;

  var ORIGIN = new URL(script.src).origin;
  var KEY = "gasdesk:" + ORIGIN + ":session";
  var LABEL = script.dataset.label || "在线客服";
  var SIDE = script.dataset.side === "left" ? "left" : "right";
  var TOPMOST = "2147483000";
  var BLUE = "#0b5cad";

  var host = document.createElement("div");
  var shadow = host.attachShadow ? host.attachShadow({ mode: "open" }) : host;
  var button = made("button", { type: "button", "aria-expanded": "false", "aria-haspopup": "dialog" });
  var badge = made("span", { "aria-hidden": "true" });
  var news = made("span", { role: "status" });
  var panel = made("div", { role: "dialog", "aria-label": LABEL });
  var narrow = window.matchMedia("(max-width: 30rem), (max-height: 26rem)");
  var frame = null;
  var open = false;
  var unread = 0;
  var announced = 0;

  host.setAttribute("data-gasdesk-widget", "");
  button.append(picture(), LABEL, badge);
  shadow.append(panel, button, news);
  style(host, { all: "initial" });
  style(button, {
    all: "initial", position: "fixed", bottom: "20px", zIndex: TOPMOST, display: "flex", alignItems: "center", gap: "8px",
    boxSizing: "border-box", minHeight: "52px", padding: "0 20px 0 16px", borderRadius: "26px", background: BLUE, color: "#ffffff",
    font: "600 17px/1.2 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif", cursor: "pointer",
    boxShadow: "0 4px 16px rgb(0 0 0 / 30%)", border: "2px solid #ffffff",
  });
  button.style[SIDE] = "20px";
  style(badge, {
    position: "absolute", top: "-8px", display: "none", boxSizing: "border-box", minWidth: "24px", height: "24px", padding: "0 6px",
    border: "2px solid #ffffff", borderRadius: "12px", background: "#b8231b", font: "600 13px/20px system-ui, sans-serif", textAlign: "center",
  });
  badge.style[SIDE === "left" ? "right" : "left"] = "-6px";
  style(news, { position: "fixed", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" });
  // `all: initial` has taken the ring that keyboards need.
  button.addEventListener("focus", function () {
    if (!button.matches(":focus-visible")) return;
    style(button, { outline: "3px solid " + BLUE, outlineOffset: "3px" });
  });
  button.addEventListener("blur", function () {
    button.style.outline = "none";
  });
  button.addEventListener("click", function () {
    show(!open);
  });
  panel.addEventListener("keydown", function (event) {
    if (event.key === "Escape") show(false);
  });
  narrow.addEventListener ? narrow.addEventListener("change", lay) : narrow.addListener(lay);
  window.addEventListener("message", hear);

  lay();
  tell();
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);

  function begin() {
    document.body.append(host);
    if (kept() !== null) load(); // who has talked before learns of news without opening it
  }

  function load() {
    if (frame) return;
    frame = made("iframe", { src: ORIGIN + "/", title: LABEL, allow: "clipboard-write" });
    style(frame, { display: "block", width: "100%", height: "100%", border: "0", background: "#f4f7fb" });
    panel.append(frame);
  }

  function show(on) {
    if (on === open) return;
    open = on;
    if (on) load();
    lay();
    tell();
    say({ gasdesk: "shown", on: on });
    if (on) frame.focus();
    else button.focus();
  }

  /** A window beside the page, or all of a small screen. */
  function lay() {
    var full = narrow.matches;
    style(panel, {
      position: "fixed", zIndex: TOPMOST, display: open ? "block" : "none", overflow: "hidden", boxSizing: "border-box",
      width: full ? "100%" : "min(400px, calc(100vw - 40px))", height: full ? "100%" : "min(680px, calc(100vh - 112px))",
      bottom: full ? "0" : "88px", left: "auto", right: "auto", borderRadius: full ? "0" : "16px",
      boxShadow: full ? "none" : "0 8px 40px rgb(0 0 0 / 35%)",
    });
    panel.style[SIDE] = full ? "0" : "20px";
    button.style.display = open && full ? "none" : "flex";
    panel.setAttribute("aria-modal", String(open && full));
  }

  function tell() {
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", LABEL + (unread ? "，" + unread + " 条未读消息" : ""));
    badge.textContent = unread > 99 ? "99+" : String(unread);
    badge.style.display = unread ? "block" : "none";
    if (unread > announced) news.textContent = LABEL + "有 " + unread + " 条未读消息";
    announced = unread;
  }

  function hear(event) {
    if (!frame || event.source !== frame.contentWindow || event.origin !== ORIGIN || !event.data) return;
    var what = event.data.gasdesk;
    if (what === "ready") {
      say({ gasdesk: "init", session: kept() });
      say({ gasdesk: "shown", on: open });
    } else if (what === "session" && typeof event.data.id === "string") {
      keep(event.data.id);
    } else if (what === "unread" && event.data.count >= 0) {
      unread = Number(event.data.count);
      tell();
    } else if (what === "close") {
      show(false);
    }
  }

  function say(message) {
    if (frame && frame.contentWindow) frame.contentWindow.postMessage(message, ORIGIN);
  }

  /** Where browsers give a frame no lasting storage, the customer's key is kept by the site he is on. */
  function kept() {
    try {
      return window.localStorage.getItem(KEY);
    } catch (refused) {
      return null;
    }
  }

  function keep(id) {
    try {
      window.localStorage.setItem(KEY, id);
    } catch (refused) {
      // Then the conversation lasts as long as the page.
    }
  }

  function made(tag, attributes) {
    var node = document.createElement(tag);
    for (var name in attributes) node.setAttribute(name, attributes[name]);
    return node;
  }

  function style(node, looks) {
    for (var name in looks) node.style[name] = looks[name];
  }

  function picture() {
    var space = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(space, "svg");
    var path = document.createElementNS(space, "path");
    var looks = { width: "24", height: "24", viewBox: "0 0 24 24", "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": "2.2", "stroke-linejoin": "round" };
    for (var name in looks) svg.setAttribute(name, looks[name]);
    path.setAttribute("d", "M4 4h16v12H10l-5 4v-4H4V4Zm4 4.5h8M8 11.5h5");
    svg.append(path);
    return svg;
  }
})();
