import { assertEquals } from "@std/assert";
import * as rounded from "./correctly_rounded.ts";

Deno.test("once it is imported, Math has the functions that are rounded correctly", async () => {
  const { exp, log, sin, cos, atan2 } = Math;
  try {
    await import("./install.ts");
    for (const [name, rightly] of Object.entries(rounded)) {
      assertEquals(Math[name as keyof typeof rounded], rightly, name);
    }
  } finally {
    Object.assign(Math, { exp, log, sin, cos, atan2 });
  }
});
