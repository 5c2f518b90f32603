import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formulaProblems, formulasIn } from "./formula.ts";
import { mathml } from "./mathml.ts";
import { md } from "./prose.ts";

Deno.test("a formula stands between dollars and backticks, its backslashes as they are", () => {
  const prose = md`A score is $\`x_i^\top W_{QK} x_j\`$, and \`W_E\` costs $5.`;
  assertEquals(formulasIn(prose), [String.raw`x_i^\top W_{QK} x_j`]);
});

Deno.test("TeX that cannot be read is refused with the reason, and all else is not", async () => {
  const sound = md`$\`\frac{1}{\sqrt{n}}\`$ and $\`\sum_{j \le i} a_{ij} = 1\`$`;
  assertEquals(await formulaProblems([sound]), []);
  const [open, unknown] = await formulaProblems([md`$\`\frac{a\`$ and $\`\nosuch x\`$`]);
  assertStringIncludes(open, String.raw`The formula "\frac{a" must be TeX: Unexpected end`);
  assertStringIncludes(unknown, "Unsupported function name");
});

Deno.test("a formula cannot leave its place, nor take long", () => {
  assert(!mathml(String.raw`\text{<script>alert(1)</script> "}`).includes("<script"));
  for (const evil of [String.raw`\href{javascript:alert(1)}{x}`, String.raw`\def\a{\a\a}\a`]) {
    let refused = false;
    try {
      mathml(evil);
    } catch {
      refused = true;
    }
    assert(refused, evil);
  }
});
