// Turns the drawn map into one that moves, in step with the list. Leaflet comes when the map comes into view.
"use strict";
(() => {
  const box = document.getElementById("map");
  if (!box) return;
  const items = [...document.querySelectorAll("[data-number][data-lat]")];
  const rtl = document.documentElement.dir === "rtl";
  const BUTTONS = 62; // px from the edge to beyond the buttons that zoom

  const load = (kind, given) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement(kind), given, { onload: done, onerror: failed }));
  });
  // Nobody waits for the looks of a map that is not there yet: they come with it.
  const leaflet = () => Promise.all([
    load("link", { rel: "stylesheet", href: box.dataset.look }),
    load("script", { src: box.dataset.leaflet }),
  ]);

  const outlines = () => fetch(box.dataset.outlines).then((answer) => answer.json());

  const at = (item) => [Number(item.dataset.lat), Number(item.dataset.lon)];

  /** Results that would lie on one another at this zoom share a pin, at the place of the first. */
  const groups = (map) => {
    const found = [];
    for (const item of items) {
      const spot = map.project(at(item));
      const near = found.find(({ point }) => Math.abs(point.x - spot.x) < 58 && Math.abs(point.y - spot.y) < 36);
      if (near) near.group.push(item);
      else found.push({ point: spot, group: [item] });
    }
    return found.map(({ group }) => group);
  };

  const link = (item) => item.querySelector("h3 a, a");

  const popup = (group) => {
    const list = document.createElement("ul");
    for (const item of group) {
      const row = document.createElement("li");
      const anchor = document.createElement("a");
      const name = document.createElement("bdi"); // a name in Latin letters stays whole beside its number in Arabic
      anchor.href = link(item).href;
      name.lang = link(item).closest("[lang]").lang;
      name.textContent = link(item).textContent;
      anchor.append(`${item.dataset.number}. `, name);
      row.append(anchor);
      list.append(row);
    }
    const note = document.createElement("p");
    note.className = "small soft";
    note.textContent = group[0].dataset.precision ?? "";
    const content = document.createElement("div");
    content.dir = document.documentElement.dir;
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
    const marker = L.marker(at(first), { icon, title: names, riseOnHover: true });
    // Where the buttons of the map stand, nothing opens under them.
    marker.bindPopup(() => popup(group), {
      maxWidth: Math.min(280, box.clientWidth - 2 * BUTTONS),
      maxHeight: Math.min(260, box.clientHeight - 120),
      [rtl ? "autoPanPaddingBottomRight" : "autoPanPaddingTopLeft"]: [BUTTONS, 8],
    });
    return marker;
  };

  const marks = new Map();
  const show = (group, on) => {
    for (const each of [marks.get(group[0])?.getElement(), ...group]) each?.classList.toggle("here", on);
  };

  /** Pointing at one shows the other. */
  const keepInStep = () => {
    for (const item of items) {
      for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
        item.addEventListener(name, () => show([item], on));
      }
    }
  };

  /** Who opens a pin stands in what opened; who shuts it stands on the pin again. */
  const stepInAndOut = (marker) => {
    const opened = () => marker.getPopup().getElement();
    marker.on("popupopen", () => opened().querySelector(".leaflet-popup-content a").focus({ preventScroll: true }));
    marker.on("popupclose", () => {
      if (opened()?.contains(document.activeElement)) marker.getElement()?.focus();
    });
  };

  /** The pins for the zoom that the map has; who stood on a pin stays on the pin of that result. */
  const setPins = (map, layer) => {
    const wanted = groups(map);
    const key = wanted.map((group) => group.map((item) => item.dataset.number)).join("|");
    if (layer.key === key) return;
    layer.key = key;
    const stood = items.find((item) => marks.get(item)?.getElement() === document.activeElement);
    layer.clearLayers();
    marks.clear();
    for (const group of wanted) {
      const marker = pin(group).addTo(layer);
      marker.getElement().setAttribute("aria-label", `${marker.getElement().textContent}: ${marker.options.title}`);
      marker.on("mouseover popupopen", () => show(group, true)).on("mouseout popupclose", () => show(group, false));
      stepInAndOut(marker);
      for (const item of group) marks.set(item, marker);
    }
    if (stood) marks.get(stood).getElement().focus();
  };

  /** A point of one's own: the middle of the map, moved there by finger, mouse or keys; to about 100 metres. */
  const chooseMiddle = (map) => {
    const button = document.querySelector("[data-middle]");
    const row = document.querySelector("[data-around]");
    if (!button || !row) return;
    button.hidden = false;
    // The middle is marked from when somebody moves the map (it moves by itself for what opens): it is a choice then.
    const mark = () => box.classList.add("has-middle");
    map.on("dragstart zoomstart", mark);
    box.addEventListener("keydown", ({ key }) => key.startsWith("Arrow") && mark());
    button.addEventListener("click", () => {
      const { lat, lng } = map.getCenter();
      row.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
      row.querySelector("input[name=near]").value = "";
      for (const [name, degrees] of [["lat", lat], ["lon", lng]]) {
        row.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: degrees.toFixed(3) }));
      }
      row.querySelector("input").form.requestSubmit();
    });
  };

  /** Names of towns, the largest first, where they lie neither on one another nor on a pin. */
  const setNames = (map, layer, towns) => {
    layer.clearLayers();
    const spot = (place) => map.latLngToContainerPoint(place);
    const taken = groups(map).map(([first]) => ({ at: spot(at(first)).add([14, -14]), half: 30 }));
    const french = document.documentElement.lang === "fr";
    const { x: width, y: height } = map.getSize();
    for (const [lat, lon, dutch, other] of towns) {
      const words = document.createElement("span");
      words.textContent = french ? other : dutch;
      const here = { at: spot([lat, lon]), half: words.textContent.length * 4 + 6 };
      const { x, y } = here.at;
      if (x < here.half || x > width - here.half || y < 14 || y > height - 14) continue;
      if (taken.some(({ at: other, half }) => Math.abs(other.x - x) < half + here.half + 8 && Math.abs(other.y - y) < 30)) continue;
      taken.push(here);
      const icon = L.divIcon({ className: "town", html: words, iconSize: null });
      L.marker([lat, lon], { icon, pane: "towns", interactive: false, keyboard: false }).addTo(layer);
    }
  };

  const draw = (land) => {
    // The drawing stays for paper: a map that moves is cut off there.
    const paper = document.createElement("div");
    paper.className = "map only-paper";
    paper.append(...box.childNodes);
    box.after(paper);
    const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, minZoom: 7, maxZoom: 18 });
    map.attributionControl.setPrefix(false);
    map.attributionControl.setPosition(rtl ? "bottomleft" : "bottomright");
    L.control.zoom({ position: rtl ? "topright" : "topleft", zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
    map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution, maxZoom: 18 }).addTo(map);
    } else {
      L.geoJSON(land, { interactive: false, style: { className: "land" } }).addTo(map);
      const pane = map.createPane("towns");
      pane.setAttribute("aria-hidden", "true");
      const names = L.layerGroup().addTo(map);
      map.on("moveend", () => setNames(map, names, land.towns));
    }
    const seen = [];
    if (box.dataset.lat) {
      const here = [Number(box.dataset.lat), Number(box.dataset.lon)];
      const icon = L.divIcon({ className: "pin you", iconSize: [18, 18], html: "" });
      L.marker(here, { icon, title: box.dataset.you, keyboard: false, interactive: false }).addTo(map);
      seen.push(here);
    }
    for (const item of items) seen.push(at(item));
    map.fitBounds(L.latLngBounds(seen), { padding: [36, 36], maxZoom: box.dataset.tiles ? 16 : 12, animate: false });
    const layer = L.layerGroup().addTo(map);
    setPins(map, layer);
    keepInStep();
    map.on("zoomend", () => setPins(map, layer));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    chooseMiddle(map);
    box.dataset.ready = "";
  };

  const start = async () => {
    const [land] = await Promise.all([box.dataset.tiles ? null : outlines(), leaflet()]);
    draw(land);
  };

  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    start();
  }, { rootMargin: "200px" }).observe(box);
})();
