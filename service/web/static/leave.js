// Leaves this page at once, also with Escape pressed twice; the page does not stay in the way back, and the list
// that was kept here is wiped.
"use strict";
(() => {
  const way = document.querySelector("[data-leave]");
  if (!way) return;
  const go = () => {
    try { localStorage.removeItem("nabij-list"); } catch { /* nothing was kept */ }
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
