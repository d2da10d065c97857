"""What is asked of the page itself: what waits, what is kept, and when it first painted."""

WAITING = """async (account) => {
  const opened = await new Promise((done, failed) => {
    const request = indexedDB.open("xunjian");
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const all = opened.transaction("outbox").objectStore("outbox").getAll();
  await new Promise((done) => (all.onsuccess = done));
  opened.close();
  const mine = all.result.filter((one) => one.account === account);
  return mine.filter((one) => one.state === "waiting").length;
}"""
KEPT = """async (urls) => {
  if (!navigator.serviceWorker.controller) return false;
  for (const url of urls) if (!(await caches.match(url, { ignoreVary: true }))) return false;
  return true;
}"""
PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0"""
