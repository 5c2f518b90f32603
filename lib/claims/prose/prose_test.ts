import { assertEquals, assertThrows } from "@std/assert";
import { makeHandle } from "./handle.ts";
import { md, resolveProse } from "./prose.ts";
import { runClaim } from "../plan.ts";
import { type AtZero, line, throughZero } from "../testing/toy.ts";

const handle = makeHandle<AtZero>("through-zero");
const source = { title: "Lines", authors: "Euclid", year: -300 };

Deno.test("slots become links to their claims, sources and names", async () => {
  const claims = [await runClaim(throughZero({ id: "other" })), await runClaim(throughZero())];
  const resolution = { number: 7, claims };
  const prose = md`On ${line("gpt-2")} it is ${handle.max("at")}${handle}, as in
    ${{ ...source, url: "https://example.com" }} and ${source}.

      indented`;
  assertEquals(
    resolveProse(prose, resolution),
    "On gpt-2 it is [0](#07-through-zero)[[b]](#07-through-zero), as in\n" +
      "[Euclid -300](https://example.com) and Euclid -300, *Lines*.\n\n  indented",
  );
});

Deno.test("TeX keeps its backslashes, and code its backticks", () => {
  const prose = md`\`W_E\` and $\frac{a}{b}$ and \${name}`;
  assertEquals(
    resolveProse(prose, { number: 7, claims: [] }),
    "`W_E` and $\\frac{a}{b}$ and ${name}",
  );
});

Deno.test("what cannot fill a slot is refused", () => {
  const resolution = { number: 7, claims: [] };
  assertThrows(() => resolveProse(md`${handle}`, resolution), Error, "is none of this question");
  const number = 3 as unknown as typeof handle;
  assertThrows(
    () => resolveProse(md`It is ${number}.`, resolution),
    Error,
    "a slot must hold a claim",
  );
});
