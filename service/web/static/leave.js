// Leaves this page at once, also with Escape pressed twice; the page does not stay in the way back, and the list and
// the pages that were kept here are wiped.
"use strict";
(() => {
  const way = document.querySelector("[data-leave]");
  if (!way) return;
  const go = () => {
    try {
      localStorage.removeItem("nabij-list");
      navigator.serviceWorker?.controller?.postMessage("forget"); // it goes on when this page is gone
      for (const name of ["nabij-pages", "nabij-zone", "nabij-files"]) caches.delete(name);
    } catch { /* nothing was kept */ }
    document.documentElement.hidden = true;
    location.replace(way.href);
  };
  way.addEventListener("click", (event) => { event.preventDefault(); go(); });
  let last = -Infinity;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1000) go();
    last = event.timeStamp;
  });
})();
