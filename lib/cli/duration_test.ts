import { assertEquals } from "@std/assert";
import { duration } from "./duration.ts";

Deno.test("durations are rounded up, and no unit is filled to the brim", () => {
  const said = [0, 0.2, 45, 59, 59.5, 60, 61, 3540, 3541, 3600, 3900, 36000].map(duration);
  assertEquals(said, [
    ...["0 s", "1 s", "45 s", "59 s", "1 min", "1 min", "2 min"],
    ...["59 min", "1 h 0 min", "1 h 0 min", "1 h 5 min", "10 h 0 min"],
  ]);
});
