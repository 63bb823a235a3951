/** One after another: what several tabs want to do under one name. */

export type Turn = (name: string, work: () => Promise<void>) => Promise<void>;

/** Where there are no locks, as on pages that are not secure, each tab knows of itself alone. */
const inThisTab = new Map<string, Promise<void>>();

export const turn: Turn = (name, work) => {
  if ("locks" in navigator) return navigator.locks.request(`rift ${name}`, work);
  const mine = (inThisTab.get(name) ?? Promise.resolve()).then(work);
  inThisTab.set(name, mine.catch(() => undefined));
  return mine;
};
