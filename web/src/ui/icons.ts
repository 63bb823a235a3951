/** What a drawing of the icon set is. Whoever needs one imports it by its name from "lucide": `import { Hash } from "lucide"`. */
import type { IconNode } from "lucide";

export type Drawing = IconNode;
