import { assertEquals } from "@std/assert";
import * as rounded from "./correctly_rounded.ts";

Deno.test("once it is imported, Math has the four functions that are rounded correctly", async () => {
  const { exp, log, sin, cos } = Math;
  try {
    await import("./install.ts");
    assertEquals({ exp: Math.exp, log: Math.log, sin: Math.sin, cos: Math.cos }, { ...rounded });
  } finally {
    Object.assign(Math, { exp, log, sin, cos });
  }
});
