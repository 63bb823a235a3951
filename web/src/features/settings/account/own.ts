/** One's own account, as it is known to this page right now. */
import type { CurrentUser } from "../../../wire/types";
import { useLive } from "../../member";

/** To be read where the page is drawn, so that it is drawn again when something changes. */
export function useOwn(): () => CurrentUser {
  const { world } = useLive();
  return () => {
    const account = world.selves.account;
    if (account === undefined) throw new Error("settings are shown before READY");
    return account;
  };
}
