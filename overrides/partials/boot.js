(function (root) {
  var chosen = null;
  root.classList.replace("no-js", "js");
  try { chosen = localStorage.getItem("tl-scheme"); } catch (_) {}
  if (chosen !== "light" && chosen !== "dark") chosen = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.setAttribute("data-md-color-scheme", "loop-" + chosen);
  window.__md_scope = new URL(root.dataset.base, location);
  window.__md_get = function (key, store, scope) {
    try { return JSON.parse((store || localStorage).getItem((scope || window.__md_scope).pathname + "." + key)); } catch (_) { return null; }
  };
  window.__md_set = function (key, value, store, scope) {
    try { (store || localStorage).setItem((scope || window.__md_scope).pathname + "." + key, JSON.stringify(value)); } catch (_) {}
  };
  window.__md_hash = function (text) {
    return Array.from(text).reduce(function (sum, sign) { return (sum << 5) - sum + sign.charCodeAt(0); }, 0);
  };
})(document.documentElement);
