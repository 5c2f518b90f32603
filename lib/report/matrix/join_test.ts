import { assertEquals, assertThrows } from "@std/assert";
import { joinMatrices } from "./join.ts";
import { claim, sampleMatrix } from "./testing/sample_matrix.ts";

const whole = sampleMatrix();
const [first, second] = whole.sabotages.map((row) => ({
  ...whole,
  complete: false,
  sabotages: [row],
}));
const ORDER = ["no-mask", "leak"];

Deno.test("parts join to the whole, in the order of the catalogue", () => {
  assertEquals(joinMatrices([second, first], ORDER), { ...whole, seconds: 10 });
  assertEquals(joinMatrices([first], ORDER).complete, false, "a part is missing");
});

Deno.test("a claim that is red in one part is red", () => {
  const red = { ...second, claims: [claim("01/first", { red: "off" }), ...whole.claims.slice(1)] };
  assertEquals(joinMatrices([first, red], ORDER).claims[0].red, "off");
});

Deno.test("what does not go together is refused", () => {
  const other = { ...second, tool: { ...whole.tool, spec: "def" } };
  assertThrows(() => joinMatrices([first, other], ORDER), RangeError, "one version of everything");
  assertThrows(() => joinMatrices([first, first], ORDER), RangeError, 'two of them have "no-mask"');
});
