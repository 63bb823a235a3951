/** Registers the service worker, tells of a new version of the client, and goes where a notification leads. */
import type { App } from "./app";

const WORKER = "/worker.js";

interface Policy {
  createScriptURL(url: string): unknown;
}

interface Factory {
  createPolicy(name: string, rules: { createScriptURL: () => string }): Policy;
}

/** The only script whose address is set by code. Browsers without Trusted Types take the text itself. */
function trusted(): string {
  const factory = (globalThis as { readonly trustedTypes?: Factory }).trustedTypes;
  const policy = factory?.createPolicy("rift-worker", { createScriptURL: () => WORKER });
  return (policy?.createScriptURL(WORKER) ?? WORKER) as string;
}

/** Nothing without a worker is any worse, so where there can be none, none is missed. */
export async function startWorker(app: App): Promise<() => void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return () => undefined;
  const stop = listen(app);
  const registration = await navigator.serviceWorker.register(trusted(), { updateViaCache: "none" });
  if (registration.waiting !== null) offer(app, registration.waiting);
  registration.addEventListener("updatefound", () => watch(app, registration.installing));
  return stop;
}

function listen({ router }: App): () => void {
  const heard = ({ data }: MessageEvent<{ readonly open?: string }>) => {
    if (data.open !== undefined) router.go(data.open);
  };
  navigator.serviceWorker.addEventListener("message", heard);
  return () => navigator.serviceWorker.removeEventListener("message", heard);
}

function watch(app: App, worker: ServiceWorker | null): void {
  worker?.addEventListener("statechange", () => {
    // The first worker of all is no news.
    if (worker.state === "installed" && navigator.serviceWorker.controller !== null) offer(app, worker);
  });
}

/** Never by itself: a draft may be half written. */
function offer({ layers, speech: { say } }: App, worker: ServiceWorker): void {
  layers.toast({
    text: say("app.update.text"),
    stays: true,
    action: {
      label: say("app.update.action"),
      run: () => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        worker.postMessage("take over");
      },
    },
  });
}
