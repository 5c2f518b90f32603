import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { margins } from "../document/margin.ts";
import * as sample from "../testing/sample.ts";
import { parse, texts } from "../testing/drawing.ts";
import { marginLine } from "./margin_line.ts";

/** The line of what some models measured, below 0.001, and a control. */
function drawn(values: readonly number[], control = 0.5, side: object = { below: 0.001 }): string {
  const runs = [
    ...values.map((others) => sample.run({ evidence: { others } })),
    sample.control({ evidence: { others: control } }),
  ];
  const bounds = [{ field: "others", what: "moved", ...side }];
  return marginLine(margins(sample.claim({ runs, bounds }))[0]);
}

const places = (line: string) =>
  [...parse(line).querySelectorAll("circle")].map((dot) => parseFloat(dot.getAttribute("cx")!));

Deno.test("values that span decades stand by their powers, and zero at the left end", () => {
  const [zero, small, middle, control] = places(drawn([0, 1e-8, 1e-6], 0.01));
  assertEquals(zero, 2);
  assert(zero < small && small < middle && middle < control, "in their order");
  assert(Math.abs((middle - small) / (control - small) - 1 / 3) < 0.01, "two decades of six");
  assertEquals(texts(drawn([0, 1e-8, 1e-6], 0.01)), ["< 0.001", "1e-6", "0.01"]);
});

Deno.test("two bounds at one place are one label, in words two numbers", () => {
  const close = { above: 1 - 1e-10, below: 1 + 1e-10 };
  assertEquals(texts(drawn([1], 3, close))[0], "1 ± 1e-10");
  assertStringIncludes(drawn([1], 3, close), "above 0.9999999999 and below 1.0000000001");
  assertEquals(texts(drawn([1], 3, { above: 0, below: 2 })).slice(0, 2), ["> 0", "< 2"]);
});

Deno.test("models that stand at one place are one dot, which names some of them", () => {
  const line = drawn([0, 0, 0, 0, 0]);
  assertEquals(places(line).length, 2);
  assertStringIncludes(line, "gpt: 0, gpt: 0, gpt: 0, and 2 more");
});

Deno.test("whatever was measured has a place on the line", () => {
  const all = [[0], [-5, 5], [1e300, -1e300], [5e-324, 1e308], [0.4], [1e-3]];
  for (const values of all) {
    for (const side of [{ above: 0 }, { equals: 0 }, { above: -0.6, below: -0.4 }, { below: 1 }]) {
      for (const control of [0, 1, -1, 1e308]) {
        const found = places(drawn(values, control, side));
        assert(found.every((place) => place >= 2 && place <= 98), `${values}: ${found}`);
      }
    }
  }
});

Deno.test("the line says in words what it shows, and hostile names stay words", () => {
  const evil = '"><script>alert(1)</script>';
  const runs = [sample.run({ model: evil })];
  const bounds = [{ field: "others", equals: 0, what: evil }];
  const line = marginLine(margins(sample.claim({ runs, bounds }))[0]);
  assertEquals(line.includes("<script"), false);
  assertStringIncludes(line, 'aria-label="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;: 0 on 1');
});
