// For a browser too old for the page's modules, or a download that failed: says so and gives the hotline.
// A classic script in the oldest JavaScript, on purpose; main.js marks the page as started.

window.addEventListener("load", function () {
  if (document.documentElement.hasAttribute("data-started")) return;

  var banner = document.getElementById("banner");
  banner.hidden = false;
  banner.textContent = "在线客服未能打开，请刷新页面；如仍不行，请更新微信或浏览器，或拨打客服热线。";
  document.getElementById("link").textContent = "未能打开";
  document.getElementById("leak").hidden = true;
  document.getElementById("composer").hidden = true;

  var request = new XMLHttpRequest();
  request.open("GET", "/api/public/company");
  request.onload = function () {
    if (request.status === 200) showHotline(JSON.parse(request.responseText).hotline);
  };
  request.send();

  function showHotline(number) {
    if (!/^\+?[0-9][0-9 -]*$/.test(number || "")) return;
    var call = document.getElementById("call");
    call.href = "tel:" + number.replace(/[ -]/g, "");
    call.hidden = false;
    document.getElementById("call-number").textContent = number;
  }
});
