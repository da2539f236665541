(function (root) {
  var chosen = null;
  root.classList.replace("no-js", "js");
  try { chosen = localStorage.getItem("tl-scheme"); } catch (_) {}
  if (chosen !== "light" && chosen !== "dark") chosen = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  try { if (localStorage.getItem("tl-returning")) root.classList.add("tl-returning"); } catch (_) {}
  root.setAttribute("data-md-color-scheme", "loop-" + chosen);
  addEventListener("DOMContentLoaded", function () {
    function begin() {
      var script = document.createElement("script");
      script.type = "module";
      script.src = document.querySelector("link[rel=modulepreload]").href;
      document.head.append(script);
    }
    // What waits in another tab is not painted before somebody looks.
    if (document.hidden) begin();
    else requestAnimationFrame(function () { setTimeout(begin); });
  });
})(document.documentElement);
