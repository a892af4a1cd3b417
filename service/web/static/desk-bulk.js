// The desk's lists: a button that prints, and one tick for all of a page. Without this script both are absent.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const page = document.querySelector("[data-all-of-page]");
if (page) {
  const boxes = [...document.querySelectorAll(".bulk-box")];
  page.closest("[hidden]").hidden = false;
  page.addEventListener("change", () => { for (const box of boxes) box.checked = page.checked; });
}
