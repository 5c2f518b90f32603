import { assertEquals, assertMatch } from "@std/assert";
import { lossPicture } from "./loss_picture.ts";

const card = (name: string, loss_curve: [number, number][]) => ({ name, steps: 100, loss_curve });

/** The corners of each line. */
function lines(svg: string): string[][] {
  const paths = svg.matchAll(/<path stroke="var\(--c\d\)" d="M([^"]*)"/g);
  return [...paths].map(([, corners]) => corners.split("L"));
}

Deno.test("a line goes from the first loss at the left to the last at the right, a line a seed", () => {
  const found = lines(lossPicture([card("a/1", [[50, 4], [100, 2]]), card("a/2", [[100, 0]])], 4));
  // Inside margins of 3 the picture is 154 wide and 42 high: half of either is 77 and 21.
  assertEquals(found, [["80 3", "157 24"], ["157 45"]]);
});

Deno.test("a loss above the top is drawn at the top", () => {
  assertEquals(lines(lossPicture([card("a", [[100, 9]])], 4)), [["157 3"]]);
});

Deno.test("a long curve is thinned out, and its end is kept", () => {
  const curve = Array.from({ length: 99 }, (_, i): [number, number] => [i + 2, 1]);
  const [line] = lines(lossPicture([card("a", curve)], 4));
  assertEquals(line.length, 50);
  assertMatch(line.at(-1)!, /^157 /);
});

Deno.test("the picture says what it is of, in any name", () => {
  assertMatch(lossPicture([card("a<b", [[100, 1]])], 4), /<title>Training loss of a&lt;b<\/title>/);
});
