addEventListener("message", ({ data }) => {
  if (self.origin !== "null") return parent.postMessage({ dead: "this browser does not close off the page in which it would run" }, "*");
  const worker = new Worker(URL.createObjectURL(data.script));
  worker.onerror = (event) => parent.postMessage({ dead: event.message || "the worker did not start" }, "*");
  worker.postMessage(data.port, [data.port]);
}, { once: true });
