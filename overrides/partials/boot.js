(function (root) {
  var chosen = null;
  root.classList.replace("no-js", "js");
  try { chosen = localStorage.getItem("tl-scheme"); } catch (_) {}
  if (chosen !== "light" && chosen !== "dark") chosen = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  try { if (localStorage.getItem("tl-returning")) root.classList.add("tl-returning"); } catch (_) {}
  root.setAttribute("data-md-color-scheme", "loop-" + chosen);
})(document.documentElement);
