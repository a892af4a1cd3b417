// Puts a frame of Nabij where this script stands:
// <script src="https://nabij.example/embed.js" data-zone="bxl-noord" data-need="food.parcel" data-lang="nl"></script>
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script) return;
  const frame = document.createElement("iframe");
  const address = new URL("embed", script.src);
  const several = ["need", "language"];
  const known = { zone: "zone", municipality: "municipality", need: "need", theme: "theme", near: "near", language: "language", lang: "lang", number: "per_page" };
  for (const [name, parameter] of Object.entries(known)) {
    const given = script.dataset[name] || "";
    const values = several.includes(name) ? given.split(/[\s,]+/) : [given];
    for (const value of values.filter(Boolean)) address.searchParams.append(parameter, value);
  }
  frame.src = address.href;
  frame.title = script.dataset.title || "Nabij";
  frame.loading = "lazy";
  frame.referrerPolicy = "no-referrer";
  frame.style.cssText = "width:100%;height:" + (parseInt(script.dataset.height, 10) || 640) + "px;border:1px solid #5a5a5a";
  script.after(frame);
})();
