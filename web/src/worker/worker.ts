/** The service worker: opens the client without the server, and shows what is pushed while no page is open. */
/// <reference lib="webworker" />
import { isScreen, toNotice, type Pushed } from "./reading";

declare const self: ServiceWorkerGlobalScope;

/** What the build made that the chat cannot open without; written in by the build. */
declare const SHELL: readonly string[];
declare const BUILD: string;

const CACHE = `rift-${BUILD}`;
const START = "/index.html";

self.addEventListener("install", (event) => event.waitUntil(stock()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function stock(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([START, ...SHELL]);
}

/** Of earlier builds nothing is kept; pages that still run on one ask the server. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("rift-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && isScreen(url.pathname)) event.respondWith(kept(START, request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(keptOrKeep(request));
});

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

/** Names of assets change with what is in them, so one that is there is right. */
async function keptOrKeep(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(request);
  if (known !== undefined) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/** A page says that its reader wants the new version now. */
self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
});

self.addEventListener("push", (event) => {
  const pushed = event.data?.json() as Pushed | undefined;
  if (pushed !== undefined) event.waitUntil(show(pushed));
});

async function show(pushed: Pushed): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  // Who looks at a page hears of it there.
  if (pages.some(({ focused }) => focused)) return;
  const { title, options } = toNotice(pushed);
  await Promise.all([self.registration.showNotification(title, options), setBadge(pushed.badge ?? 0), confirm(pushed)]);
}

async function setBadge(count: number): Promise<void> {
  if ("setAppBadge" in self.navigator) await self.navigator.setAppBadge(count);
}

/** Its owner sees in the settings when a push last arrived; where that cannot be said now, nothing is lost. */
async function confirm({ subscription_id, receipt }: Pushed): Promise<void> {
  const path = `/api/v10/users/@me/push-subscriptions/${encodeURIComponent(subscription_id)}/receipt`;
  await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ receipt }),
  }).catch(() => undefined);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data as { readonly url: string };
  event.waitUntil(open(url));
});

/** In the page that is there, or in a new one. */
async function open(url: string): Promise<void> {
  const [page] = await self.clients.matchAll({ type: "window" });
  if (page === undefined) {
    await self.clients.openWindow(url);
    return;
  }
  page.postMessage({ open: url });
  await page.focus();
}
