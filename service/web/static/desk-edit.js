// The form of a listing: the pin on a map, and a warning before leaving with something unsaved.
"use strict";
(() => {
  const form = document.querySelector(".edit-form");
  if (!form) return;
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  const box = document.getElementById("edit-map");
  const field = box && document.getElementById(box.dataset.field);
  if (!box || !field) return;
  box.hidden = false;

  const load = () => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = box.dataset.leaflet;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  const written = () => {
    const parts = field.value.split(",").map(Number);
    return parts.length === 2 && parts.every(Number.isFinite) && field.value.trim() ? parts : null;
  };

  const draw = (land) => {
    const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, minZoom: 7, maxZoom: 18 });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution, maxZoom: 18 }).addTo(map);
    } else {
      L.geoJSON(land, { interactive: false, style: { className: "land" } }).addTo(map);
    }
    const start = written() ?? (box.dataset.lat ? [Number(box.dataset.lat), Number(box.dataset.lon)] : [50.85, 4.35]);
    map.setView(start, 14);
    const icon = L.divIcon({ className: "pin", html: "", iconSize: [32, 32], iconAnchor: [2, 30] });
    const pin = L.marker(start, { icon, draggable: true, title: box.dataset.pin, alt: box.dataset.pin }).addTo(map);
    pin.getElement().setAttribute("aria-label", box.dataset.pin);
    const note = () => {
      const { lat, lng } = pin.getLatLng();
      field.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
      changed = true;
    };
    pin.on("dragend", note);
    map.on("click", (event) => { pin.setLatLng(event.latlng); note(); });
    const steps = { ArrowUp: [0, -4], ArrowDown: [0, 4], ArrowLeft: [-4, 0], ArrowRight: [4, 0] };
    pin.getElement().addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      pin.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add(step)));
      note();
    });
    field.addEventListener("change", () => {
      const at = written();
      if (!at) return;
      pin.setLatLng(at);
      map.panTo(at);
    });
    box.dataset.ready = "";
  };

  const start = async () => {
    const outlines = () => fetch(box.dataset.outlines).then((answer) => answer.json());
    const [land] = await Promise.all([box.dataset.tiles ? null : outlines(), load()]);
    draw(land);
  };
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    start();
  }, { rootMargin: "200px" }).observe(box);
})();
