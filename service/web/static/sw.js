// Keeps pages that were looked at, so that they can be read without a network. A search is never kept, nor is a page
// that the server marks no-store, as those about violence; what is asked of others is not ours to touch.
"use strict";
const PAGES = "nabij-pages";
const ZONE = "nabij-zone";
const FILES = "nabij-files";
const OURS = [PAGES, ZONE, FILES];
const MOST_PAGES = 120;
const PATIENCE_MS = 6000; // a slow line: then what is kept comes first

const KEPT = /^\/[a-z]{2}\/(?:l\/[^/]+|zones(?:\/[^/]+){0,2}|about|sources|offline)$/;
const LISTS = /^\/[a-z]{2}\/(?:shortlist|compare|sheet)$/; // of each only the newest
const FILE = /^\/(?:static|map)\//;

const may = (answer) =>
  answer.status === 200 && answer.type === "basic" && !answer.redirected && !/no-store/.test(answer.headers.get("Cache-Control") ?? "");

const drop = async (name, path, but) => {
  const cache = await caches.open(name);
  for (const each of await cache.keys()) if (each.url !== but && new URL(each.url).pathname === path) await cache.delete(each);
};

const keepPage = async (address, answer) => {
  const { pathname } = new URL(address);
  if (!may(answer)) {
    // What became secret or went away is no longer kept either.
    if (answer.status < 500 && !answer.redirected) await Promise.all([PAGES, ZONE].map((name) => drop(name, pathname)));
    return;
  }
  // First the new one, whole: where the line breaks off in the middle of it, the old one stays.
  const cache = await caches.open(PAGES);
  await cache.put(address, answer);
  await drop(PAGES, pathname, new URL(address, location.origin).href);
  const held = await cache.keys();
  for (const old of held.slice(0, Math.max(0, held.length - MOST_PAGES))) await cache.delete(old);
};

const keepFile = async (address, answer) => {
  if (!may(answer)) return;
  await (await caches.open(FILES)).put(address, answer);
  await drop(FILES, new URL(address).pathname, new URL(address, location.origin).href);
};

/** What was opened last comes before what was kept with a zone. */
const held = async (address, loosely = false) => {
  for (const ignoreSearch of loosely ? [false, true] : [false]) {
    for (const cacheName of OURS) {
      const found = await caches.match(address, { cacheName, ignoreVary: true, ignoreSearch });
      if (found) return found;
    }
  }
  return undefined;
};

const offline = async (address) => {
  const language = new URL(address).pathname.slice(1, 3);
  const found = (await held(`/${language}/offline`)) ?? (await anyOffline());
  return found ?? Response.error();
};

const anyOffline = async () => {
  const cache = await caches.open(PAGES);
  const one = (await cache.keys()).find((each) => /^\/[a-z]{2}\/offline$/.test(new URL(each.url).pathname));
  return one && cache.match(one);
};

const page = async (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const kept = await held(request.url, KEPT.test(pathname));
  const asked = fetch(request).then((answer) => {
    event.waitUntil(keepPage(request.url, answer.clone()));
    return answer;
  });
  const late = new Promise((done) => { if (kept) setTimeout(() => done(kept), PATIENCE_MS); });
  event.waitUntil(asked.catch(() => {}));
  try {
    return await Promise.race([asked, late]);
  } catch {
    return kept ?? offline(request.url);
  }
};

const file = async (event) => {
  const { request } = event;
  const kept = await held(request.url);
  if (kept && new URL(request.url).searchParams.has("v")) return kept; // the address holds a mark of the content
  try {
    const answer = await fetch(request);
    event.waitUntil(keepFile(request.url, answer.clone()));
    return answer;
  } catch {
    return kept ?? (await held(request.url, true)) ?? Response.error();
  }
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([
    clients.claim(),
    caches.keys().then((names) => Promise.all(names.filter((name) => !OURS.includes(name)).map((name) => caches.delete(name)))),
  ]));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") {
    const ours = request.method === "GET" && (KEPT.test(pathname) || LISTS.test(pathname));
    event.respondWith(ours ? page(event) : fetch(request).catch(() => offline(request.url)));
  } else if (request.method === "GET" && FILE.test(pathname)) {
    event.respondWith(file(event));
  }
});
addEventListener("message", (event) => {
  if (event.data === "forget") {
    event.waitUntil(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
    return;
  }
  // The page that brought us here was asked before we were there: it, its files and the page for when there is no network.
  const { pages = [], files = [] } = event.data ?? {};
  const bring = async (address, put) => {
    if (await held(address)) return;
    try { await put(address, await fetch(address, { cache: "force-cache" })); } catch { /* next time */ }
  };
  event.waitUntil(Promise.all([
    ...pages.filter((each) => KEPT.test(new URL(each).pathname) || LISTS.test(new URL(each).pathname)).map((each) => bring(each, keepPage)),
    ...files.filter((each) => FILE.test(new URL(each).pathname)).map((each) => bring(each, keepFile)),
  ]));
});
