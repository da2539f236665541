// In place of the worker where the guide is not to be kept: ends one that an earlier copy of the site left at this
// address, with all that it kept, and shows its pages as they are now.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  await caches.delete(`training-loop:${new URL(registration.scope).pathname}`);
  await registration.unregister();
  for (const client of await clients.matchAll({ type: "window" })) client.navigate(client.url);
}
