import { assertEquals } from "@std/assert";
import { tableHtml } from "./table.ts";

/** Which cells are numbers, which are never broken into lines. */
function numbers(cells: readonly (string | number)[]): string[] {
  const { text } = tableHtml({ head: ["name"], rows: [["row", ...cells]] }, "cells");
  return [...text.matchAll(/<td class="number">(.*?)<\/td>/g)].map(([, cell]) => cell);
}

Deno.test("numbers and their ranges stay on a line, a sentence that begins with one does not", () => {
  const some = [0.5, "1.2e-7", "-0.5 to 17", "12%", "20 features through 5 dimensions", "gpt"];
  assertEquals(numbers(some), ["0.5", "1.2e-7", "-0.5 to 17", "12%"]);
});
