/** How this browser is reached while no page of ours is open. */
import type { CreatePushSubscriptionInput } from "../../../wire/types";

export function canBePushed(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis;
}

/** Asks the browser, which asks the person; what the server has to know to reach it. Null where they said no. */
export async function subscribe(key: string): Promise<CreatePushSubscriptionInput | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint = "", keys = {} } = subscription.toJSON();
  return { endpoint, p256dh: keys["p256dh"] ?? "", auth: keys["auth"] ?? "", name: navigator.platform };
}

/** The push service is told that nothing more is to come. */
export async function unsubscribe(): Promise<void> {
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
}
