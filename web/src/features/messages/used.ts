/** Who used which command, where a message is what came of one. */
import type { Message, User } from "../../wire/types";
import { COMMAND } from "./kinds";

export function usedCommand({ type, interaction }: Pick<Message, "type" | "interaction">): { readonly user: User; readonly name: string } | null {
  if (interaction === undefined) return null;
  const { user, name } = interaction as { user: User; name: string };
  return { user, name: type === COMMAND ? `/${name}` : name };
}
