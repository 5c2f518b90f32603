import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Lit } from "../../claims/mod.ts";
import * as testing from "../testing/drawing.ts";
import { drawSchematic } from "./schematic.ts";

const WIDTHS = [640, 350];

function parse(lit: readonly Lit[], width: number) {
  return testing.parse(drawSchematic({ lit }, width));
}

/** The texts of the drawing that have what is lit's colour. */
function litTexts(lit: readonly Lit[], width: number): string[] {
  return [...parse(lit, width).querySelectorAll('text[fill="var(--c1)"]')]
    .map((text) => text.textContent!);
}

Deno.test("every part has its name, and those that are lit stand out", () => {
  for (const width of WIDTHS) {
    const all = [...parse([], width).querySelectorAll("text")].map((text) => text.textContent);
    for (const name of ["tokens", "embedding", "positions", "stream", "attention", "LayerNorm"]) {
      assert(all.includes(name), `${name} at ${width}`);
    }
    assertEquals(litTexts([], width), []);
    assertEquals(litTexts(["mlp", "norm"], width), ["LayerNorm", "MLP"]);
  }
});

Deno.test("attention looks at every earlier lane and at no later one", () => {
  for (const [width, lanes] of [[640, 5], [350, 4]]) {
    const heads = parse(["attention"], width).querySelectorAll("g > path[fill='var(--c1)']");
    assertEquals(heads.length, lanes * (lanes - 1) / 2, `arrows at ${width}`);
  }
});

Deno.test("the prediction at each lane is of the token in the next", () => {
  const texts = [...parse([], 640).querySelectorAll("g > text")].map((text) => text.textContent!);
  const words = texts.filter((text) => /^[a-z,]+$/.test(text));
  const [tokens, predictions] = [0, 1].map((row) => words.filter((_, i) => i % 2 === row));
  assertEquals(predictions.slice(0, -1), tokens.slice(1));
});

Deno.test("the schematic says in words what it shows", () => {
  const drawing = drawSchematic({ lit: ["attention", "positions"] }, 640);
  assertStringIncludes(drawing, "Lit: attention, positions.");
  assertStringIncludes(drawSchematic({ lit: [] }, 350), "Lit: nothing.");
});

Deno.test("without MLPs none is drawn, named or told of, nor the LayerNorm that it reads through", () => {
  for (const [width, lanes] of [[640, 5], [350, 4]]) {
    const [whole, bare] = [false, true].map((attn_only) =>
      drawSchematic({ lit: ["norm"], attn_only }, width)
    );
    assert(whole.includes("MLP") && !bare.includes("MLP"), `MLPs at ${width}`);
    const norms = (drawing: string) =>
      testing.parse(drawing).querySelectorAll("rect[height='4'][fill='var(--c1)']").length;
    assertEquals([norms(whole), norms(bare)], [3 * lanes, 2 * lanes], `LayerNorms at ${width}`);
  }
});
