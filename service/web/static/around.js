// "Around me": asks the browser where it is and sends a place rounded to about 100 metres, never the exact one.
"use strict";
for (const row of document.querySelectorAll("[data-around]")) {
  const near = row.querySelector("input[name=near]");
  const button = row.querySelector("button");
  const status = row.parentElement.querySelector("[role=status]");
  const say = (words) => { status.textContent = words; status.hidden = !words; };
  const forget = () => row.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
  const put = (name, degrees) => {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value: degrees.toFixed(3) });
    row.append(field);
  };
  if (!("geolocation" in navigator)) continue;
  button.hidden = false;
  near.addEventListener("input", () => { forget(); say(""); });
  button.addEventListener("click", () => {
    say(row.dataset.wait);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        forget();
        near.value = "";
        put("lat", coords.latitude);
        put("lon", coords.longitude);
        say(row.dataset.found);
      },
      () => say(row.dataset.failed),
      { enableHighAccuracy: false, timeout: 10000, maximumAge: 300000 },
    );
  });
}
