/** Does something with a part that is fetched for it and that nobody waits for. */

export async function whenFetched<Part>(part: Promise<Part>, work: (part: Part) => unknown): Promise<void> {
  let fetched: Part;
  try {
    fetched = await part;
  } catch {
    // Without a line, or after an update of the server: what is waited for says so.
    return;
  }
  await work(fetched);
}
