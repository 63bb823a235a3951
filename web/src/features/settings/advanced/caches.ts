/** What a browser keeps of this client that can be fetched again. */

/** Messages, pictures and the shell; not who is signed in, nor what was chosen, nor what waits to be sent. */
export async function emptyCaches(): Promise<void> {
  if (!("caches" in globalThis)) return;
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}
