/** Levels of notification. */
import { expect, test } from "vitest";
import { levelOf } from "./levels";

test("a server's own suggestion counts until somebody chose", () => {
  expect(levelOf(undefined, false, 1)).toBe("mentions");
  expect(levelOf({ message_notifications: 3 }, false, 0)).toBe("all");
  expect(levelOf({ message_notifications: 2 }, false, 0)).toBe("nothing");
  expect(levelOf({ message_notifications: 0 }, true, 0)).toBe("muted");
});
