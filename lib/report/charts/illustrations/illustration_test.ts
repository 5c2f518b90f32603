import { assertEquals } from "@std/assert";
import { parse, sound, texts } from "../../testing/drawing.ts";
import { illustration, ILLUSTRATIONS } from "../../testing/illustrations.ts";
import { drawIllustration, type Illustration } from "./illustration.ts";

const WIDTHS = [640, 350];

/** Registers a test of every kind of illustration, at every width. */
function testEach(name: string, body: (figure: Illustration, width: number) => void): void {
  Deno.test(
    name,
    () =>
      ILLUSTRATIONS.forEach((kind) => WIDTHS.forEach((width) => body(illustration(kind), width))),
  );
}

testEach("an illustration has a name, and is as wide as it was asked to be", (figure, width) => {
  const { documentElement: root } = parse(drawIllustration(figure, width));
  assertEquals(root?.getAttribute("width"), String(width), figure.kind);
  assertEquals(root?.getAttribute("aria-label"), figure.title);
  assertEquals(root?.querySelector("title")?.textContent, figure.title);
});

testEach("numbers that are nothing, and single marks, can be drawn", (figure, width) => {
  const nothing: Illustration = JSON.parse(
    JSON.stringify(figure),
    (name, value) =>
      typeof value === "number" && name !== "from" && name !== "to"
        ? 0
        : name === "panels" || name === "paths" || name === "vectors"
        ? value.slice(0, 1)
        : value,
  );
  sound(drawIllustration(nothing, width));
});

testEach("names of what is shown are there whole", (figure, width) => {
  const all = texts(drawIllustration(figure, width)).join(" ");
  const names: Record<Illustration["kind"], string[]> = {
    sentence: ["after", "training", "nothing", "ard", "loss (nats):", "less", "more"],
    arcs: ["nothing", "ard", ";", "weight:", "0.1", "0.5", "1"],
    vectors: ["kept", "five", "feature", "5"],
    fan: ["L0H3", "L1H0", "L0H3 → L1H2: 55%", "the token", "the prediction", "share"],
    product: ["W_Q", "W_K,", "transposed", "12 × 2", "2 × 12", "12 × 12", "×", "="],
  };
  assertEquals(names[figure.kind].filter((name) => !all.includes(name)), [], figure.kind);
});
