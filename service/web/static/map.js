// Turns the drawn map into one that moves, in step with the list. Leaflet comes when the map comes into view.
"use strict";
(() => {
  const box = document.getElementById("map");
  if (!box) return;
  const items = [...document.querySelectorAll("[data-number][data-lat]")];

  const load = () => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = box.dataset.leaflet;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  const outlines = () => fetch(box.dataset.outlines).then((answer) => answer.json());

  /** Results at one place share a pin. */
  const groups = () => {
    const places = new Map();
    for (const item of items) {
      const key = `${item.dataset.lat},${item.dataset.lon}`;
      places.set(key, [...(places.get(key) ?? []), item]);
    }
    return [...places.values()];
  };

  const link = (item) => item.querySelector("h3 a, a");

  const popup = (group) => {
    const list = document.createElement("ul");
    for (const item of group) {
      const row = document.createElement("li");
      const anchor = document.createElement("a");
      anchor.href = link(item).href;
      anchor.textContent = `${item.dataset.number}. ${link(item).textContent}`;
      row.append(anchor);
      list.append(row);
    }
    const note = document.createElement("p");
    note.className = "small soft";
    note.textContent = group[0].dataset.precision ?? "";
    const content = document.createElement("div");
    content.append(list);
    if (note.textContent) content.append(note);
    return content;
  };

  const pin = (group) => {
    const first = group[0];
    const several = group.length > 1;
    const icon = L.divIcon({
      className: several ? "pin several" : "pin",
      html: several ? `${first.dataset.number}+${group.length - 1}` : first.dataset.number,
      iconSize: several ? [52, 30] : [32, 32],
      iconAnchor: [2, 30],
      popupAnchor: [16, -28],
    });
    const names = group.map((item) => link(item).textContent).join(", ");
    const marker = L.marker([first.dataset.lat, first.dataset.lon], { icon, title: names, riseOnHover: true });
    marker.bindPopup(() => popup(group), { maxWidth: 280, maxHeight: 260 });
    return marker;
  };

  /** Pointing at one shows the other. */
  const keepInStep = (marker, group) => {
    const show = (on) => {
      marker.getElement()?.classList.toggle("here", on);
      for (const item of group) item.classList.toggle("here", on);
    };
    marker.on("mouseover popupopen", () => show(true)).on("mouseout popupclose", () => show(false));
    for (const item of group) {
      item.addEventListener("mouseenter", () => show(true));
      item.addEventListener("mouseleave", () => show(false));
      item.addEventListener("focusin", () => show(true));
      item.addEventListener("focusout", () => show(false));
    }
  };

  const draw = (land) => {
    box.replaceChildren();
    const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, minZoom: 7, maxZoom: 18 });
    map.attributionControl.setPrefix(false);
    const rtl = document.documentElement.dir === "rtl";
    map.attributionControl.setPosition(rtl ? "bottomleft" : "bottomright");
    L.control.zoom({ position: rtl ? "topright" : "topleft", zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
    map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution, maxZoom: 18 }).addTo(map);
    } else {
      L.geoJSON(land, { interactive: false, style: { className: "land" } }).addTo(map);
    }
    const seen = [];
    if (box.dataset.lat) {
      const here = [Number(box.dataset.lat), Number(box.dataset.lon)];
      const icon = L.divIcon({ className: "pin you", iconSize: [18, 18], html: "" });
      L.marker(here, { icon, title: box.dataset.you, keyboard: false, interactive: false }).addTo(map);
      seen.push(here);
    }
    for (const group of groups()) {
      const marker = pin(group).addTo(map);
      keepInStep(marker, group);
      seen.push(marker.getLatLng());
    }
    map.fitBounds(L.latLngBounds(seen), { padding: [36, 36], maxZoom: box.dataset.tiles ? 16 : 12, animate: false });
    box.dataset.ready = "";
  };

  const start = async () => {
    const [land] = await Promise.all([box.dataset.tiles ? null : outlines(), load()]);
    draw(land);
  };

  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    start();
  }, { rootMargin: "200px" }).observe(box);
})();
