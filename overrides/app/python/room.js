addEventListener("message", ({ data }) => {
  const worker = new Worker(URL.createObjectURL(data.script));
  worker.onerror = (event) => parent.postMessage({ dead: event.message || "the worker did not start" }, "*");
  worker.postMessage(data.port, [data.port]);
}, { once: true });
