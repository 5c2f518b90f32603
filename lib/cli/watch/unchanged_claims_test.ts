import { assertEquals } from "@std/assert";
import { SOUND_SPEC as SOUND } from "../../claims/testing/project.ts";
import { readCode, unchangedClaims } from "./unchanged_claims.ts";

const BOTH = ["through-zero", "misses-zero"];

/** What may be kept between two texts. */
function unchanged(then: string, now: string): string[] {
  return unchangedClaims(readCode(then), readCode(now));
}

/** What may be kept once some of a sound spec was replaced; all of it must be there. */
function keptWith(...changes: readonly (readonly [string, string])[]): string[] {
  const changed = changes.reduce((text, [from, to]) => {
    assertEquals(text.split(from).length, 2, from);
    return text.replace(from, () => to);
  }, SOUND);
  return unchanged(SOUND, changed);
}

/** The statement that makes the second claim. */
const [MISSES] = / {2}const misses = [^]*?\n {2}}\);\n/.exec(SOUND)!;

Deno.test("prose, comments and how code is wrapped change no claim", () => {
  assertEquals(unchanged(SOUND, SOUND), BOTH);
  assertEquals(keptWith(["They do.", "They all do."]), BOTH);
  assertEquals(keptWith(["They do: at", "Yes: in ${misses} at"]), BOTH, "nor what prose quotes");
  assertEquals(keptWith(["  wouldChange", "  aside`By the way ${misses}.`;\n  wouldChange"]), BOTH);
  assertEquals(keptWith(["  short`", '  part("Which ones?");\n  short`']), BOTH);
  const tried = "tryBreaking(`no-mask`, { notice: [misses] })`Try it.`;";
  assertEquals(keptWith(["wouldChange }", "wouldChange, tryBreaking }"]), [], "other code");
  const spec = SOUND.replace("wouldChange }", "wouldChange, tryBreaking }");
  assertEquals(unchanged(spec, spec.replace("  say`", `  ${tried}\n  say\``)), BOTH);
  assertEquals(
    keptWith(["  const through", "\n\n  /** Why. */\n  // claim it\n  const through"]),
    BOTH,
  );
  assertEquals(keptWith(['id: "through-zero",', 'id:\n      "through-zero", // its name']), BOTH);
  assertEquals(unchanged(SOUND, `${SOUND}// the end\n`), BOTH);
});

Deno.test("a claim whose code is another is asked anew, and it alone", () => {
  assertEquals(keptWith(["assertEquals(at, 0,", "assertEquals(at, 2,"]), ["misses-zero"]);
  assertEquals(keptWith(["a line misses zero", "a line does miss zero"]), ["through-zero"]);
  assertEquals(keptWith(["must be one at", "has to be one at"]), ["through-zero"]);
  assertEquals(keptWith(['"misses-zero"', '"passes-zero"']), ["through-zero"], "renamed");
  assertEquals(keptWith(["refuted(", "claim("]), ["through-zero"]);
});

Deno.test("a claim may be moved, added or taken away", () => {
  const without = SOUND.replace(MISSES, "");
  assertEquals(unchanged(SOUND, without), ["through-zero"]);
  assertEquals(unchanged(without, SOUND), ["through-zero"]);
  const moved = without.replace("  const through", `${MISSES}  const through`);
  assertEquals(unchanged(SOUND, moved), BOTH.toReversed());
  assertEquals(keptWith(["const misses = ", ""], ["${misses}", ""]), BOTH, "its handle is prose's");
});

Deno.test("where other code is changed, all are asked anew", () => {
  assertEquals(keptWith(["question(", "const much = 1;\nquestion("]), []);
  assertEquals(keptWith(["testing/toy.ts", "testing/toys.ts"]), []);
  assertEquals(keptWith(['notes: "open"', 'notes: "yes"']), []);
  const [one, two] = ["1", "2"].map((much) => `const much = ${much};\n${SOUND}`);
  assertEquals(unchanged(one, two), []);
  assertEquals(unchanged(one, one.replace("They do.", "Yes.")), BOTH);
  const lines = ["return a", "return\na"].map((code) => `function f(a) { ${code}; }\n${SOUND}`);
  assertEquals(unchanged(lines[0], lines[1]), [], "the same words are other code");
});

Deno.test("what claims make of another's handle hangs on that handle", () => {
  const using = SOUND.replace('on: [line("one")],', "on: [line(through.claim)],");
  assertEquals(using === SOUND, false);
  const units = 'kind: "identity", units: { at: ONE },';
  const changes: [[string, string], string[]][] = [
    [["(at, 0,", "(at, 2,"], ["misses-zero"]],
    [['"through-zero"', '"at-zero"'], []],
    [['kind: "identity",', units], []],
    [['kind: "identity",', 'kind: "identity", ...more,'], []],
  ];
  for (const [[from, to], kept] of changes) {
    assertEquals(unchanged(using, using.replace(from, to)), kept, to);
  }
  const shown = SOUND.replace("  say`", "  show(through);\n  say`");
  assertEquals(unchanged(shown, shown.replace("(at, 0,", "(at, 2,")), ["misses-zero"]);
  assertEquals(unchanged(shown, shown.replace('kind: "identity",', units)), [], "any may see it");
});

Deno.test("of a text that cannot be read, or has one id twice, nothing is kept", () => {
  const unread = {
    "a syntax error": `${SOUND}const x = = 1;`,
    "a cut": SOUND.slice(0, -3),
    "one id twice": SOUND.replace("misses-zero", "through-zero"),
  };
  for (const [what, text] of Object.entries(unread)) {
    assertEquals(unchanged(text, text), [], what);
    assertEquals(unchanged(SOUND, text), [], what);
    assertEquals(unchanged(text, SOUND), [], what);
  }
});

Deno.test("a claim that is made otherwise than in a statement of its own is like any other code", () => {
  const within = (from: string, to: string) => SOUND.replace(MISSES, MISSES.replace(from, to));
  const odd = {
    "in a list": within("refuted(", "[refuted][0]("),
    "under another name": SOUND.replace("refuted,", "refuted: wrong,").replace(
      "refuted(",
      "wrong(",
    ),
    "by the author": SOUND.replace("refuted(", "author.refuted("),
    "with an id that is worked out": within('"misses-zero"', '"misses" + "-zero"'),
    "with another": within("const misses =", "const a = 1, misses ="),
    "to be changed": within("const misses =", "let misses ="),
    "by a function": within("const misses =", "const misses = () =>"),
  };
  for (const [what, text] of Object.entries(odd)) {
    assertEquals(text === SOUND, false, what);
    assertEquals(unchanged(text, text.replace("They do.", "Yes.")), ["through-zero"], what);
    assertEquals(unchanged(text, text.replace("(at, 1,", "(at, 3,")), [], what);
  }
  const loop = SOUND.replace(MISSES, `  for (const _ of [1]) {\n${MISSES}  }\n`);
  assertEquals(
    unchanged(loop, loop.replace("[1]", "[2]")),
    [],
    "what a loop runs over is other code",
  );
  const prose = SOUND.replace("${misses}", '${claim("a", { id: "a" })}');
  assertEquals(unchanged(prose, prose), BOTH, "one that is made in prose is not kept");
});
