/** Levels of notification. */
import { expect, test } from "vitest";
import { levelOf } from "./levels";

test("a server's own suggestion counts until somebody chose", () => {
  expect(levelOf(undefined, 1)).toBe("mentions");
  expect(levelOf({ muted: false, message_notifications: 3 }, 0)).toBe("all");
  expect(levelOf({ muted: false, message_notifications: 2 }, 0)).toBe("nothing");
  expect(levelOf({ muted: true, message_notifications: 0 }, 0)).toBe("muted");
});
