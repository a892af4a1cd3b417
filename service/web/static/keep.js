// Reading without a network: brings the worker that keeps pages, keeps one zone when asked, shows and forgets what is kept.
"use strict";
(() => {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const ZONE = "nabij-zone";
  const lang = document.documentElement.lang;
  const offline = `${location.origin}/${lang}/offline`;

  const begin = async () => {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((each) => each.href || each.src);
    const signs = document.querySelector("use")?.getAttribute("href");
    if (signs) files.push(new URL(signs.split("#")[0], location.href).href);
    active.postMessage({ pages: [location.href.split("#")[0], offline], files });
  };
  addEventListener("load", () => begin().catch(() => { /* a private window, perhaps: the page works without */ }));

  const forget = async () => {
    try { localStorage.removeItem("nabij-list"); } catch { /* nothing was kept */ }
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
    navigator.serviceWorker.controller?.postMessage("forget");
  };
  for (const button of document.querySelectorAll("[data-forget]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await forget();
      const told = document.querySelector("[data-forgotten]");
      told.textContent = told.dataset.forgotten;
      told.hidden = false;
      document.querySelector("[data-kept-pages]")?.setAttribute("hidden", "");
      dispatchEvent(new Event("pageshow"));
    });
  }

  /** One zone: the page with all its help, and the page of each. */
  const keepZone = async (box) => {
    const status = box.querySelector("[role=status]");
    const bar = box.querySelector("progress");
    const button = box.querySelector("button");
    button.disabled = true;
    bar.hidden = false;
    await caches.delete(ZONE);
    const cache = await caches.open(ZONE);
    const take = async (address) => {
      const answer = await fetch(address);
      if (answer.ok && !answer.redirected && !/no-store/.test(answer.headers.get("Cache-Control") ?? "")) await cache.put(address, answer.clone());
      return answer;
    };
    try {
      const all = new DOMParser().parseFromString(await (await take(box.dataset.all)).text(), "text/html");
      await take(box.dataset.zone);
      const rest = [...all.querySelectorAll("a[data-offer]")].map((each) => each.getAttribute("href"));
      bar.max = rest.length;
      let done = 0;
      const hands = Array.from({ length: 3 }, async () => {
        while (rest.length) {
          await take(rest.shift());
          bar.value = ++done;
          status.textContent = box.dataset.busy.replace("{done}", done).replace("{all}", bar.max);
        }
      });
      await Promise.all(hands);
      status.textContent = box.dataset.done;
    } catch {
      await caches.delete(ZONE);
      status.textContent = box.dataset.failed;
    }
    status.hidden = false;
    bar.hidden = true;
    button.disabled = false;
  };
  const box = document.querySelector("[data-keep-zone]");
  if (box) {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => keepZone(box));
    caches.open(ZONE).then((cache) => cache.match(box.dataset.all)).then((found) => {
      if (!found) return;
      const status = box.querySelector("[role=status]");
      status.textContent = box.dataset.done;
      status.hidden = false;
    });
  }

  /** What can be read now, by kind, on the page for when there is no network. */
  const list = document.querySelector("[data-kept-pages]");
  const show = async () => {
    const found = new Map();
    for (const name of [ZONE, "nabij-pages"]) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname, search } = new URL(request.url);
        const kind = pathname.match(/^\/[a-z]{2}\/(l\/|zones\/[^/]+|shortlist)/)?.[1];
        if (!kind || (name === ZONE && kind === "l/") || found.has(pathname)) continue;
        const text = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
        found.set(pathname, { address: pathname + search, title: text.title.replace(/ · Nabij$/, ""), lang: text.documentElement.lang });
      }
    }
    list.hidden = !found.size;
    list.querySelector("ul").replaceChildren(...[...found.values()].map(({ address, title, lang: language }) => {
      const row = document.createElement("li");
      row.append(Object.assign(document.createElement("a"), { href: address, textContent: title, className: "row-link", lang: language, dir: "auto" }));
      return row;
    }));
  };
  if (list) show();
})();
