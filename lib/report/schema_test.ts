import { assertEquals } from "@std/assert";
import { renderJson } from "./json.ts";
import { illustration, ILLUSTRATIONS } from "./testing/illustrations.ts";
import * as sample from "./testing/sample.ts";
import { violations } from "./schema.ts";

/** The sample document as JSON, to be spoiled. */
// deno-lint-ignore no-explicit-any
function answers(): any {
  const figures = [...sample.FIGURE_KINDS.map(sample.figure), ...ILLUSTRATIONS.map(illustration)];
  return JSON.parse(renderJson(sample.documentOf({ figures })));
}

Deno.test("answers.json is as its schema says", () => {
  assertEquals(violations(answers()), [], "every kind of figure is in it");
});

Deno.test("what breaks the schema is refused: where, what was required and what was given", () => {
  // deno-lint-ignore no-explicit-any
  const spoilings: [(document: any) => void, string][] = [
    [(d) => delete d.totals, "totals is missing"],
    [(d) => delete d.questions[0].claims[0].id, "questions[0].claims[0].id is missing"],
    [(d) => d.version = 1, "version must be 2, got 1"],
    [(d) => d.stands = "yes", 'stands must be boolean, got "yes"'],
    [(d) => d.questions = {}, "questions must be array, got {}"],
    [(d) => d.totals.claims.holds = -1, "totals.claims.holds must be >= 0, got -1"],
    [(d) => d.questions[0].number = 1.5, "questions[0].number must be integer, got 1.5"],
    [
      (d) => d.questions[0].claims[0].kind = "guess",
      'questions[0].claims[0].kind must be one of identity, empirical, construction, got "guess"',
    ],
    [
      (d) => d.questions[0].claims[0].id = 'x" onload="y',
      'questions[0].claims[0].id must match pattern "^[a-z0-9]+(-[a-z0-9]+)*$", got ' +
      '"x\\" onload=\\"y"',
    ],
    [
      (d) => d.questions[0].claims[0].runs[2] = null,
      "questions[0].claims[0].runs[2] must be object, got null",
    ],
    [
      (d) => d.questions[0].claims[0].figures[0].rows[0].x = null,
      "questions[0].claims[0].figures[0].rows[0].x must be number,string, got null",
    ],
    [
      (d) => delete d.questions[0].claims[0].figures[5].panels[0].arcs[0].weight,
      "questions[0].claims[0].figures[5].panels[0].arcs[0].weight is missing",
    ],
  ];
  for (const [spoil, expected] of spoilings) {
    const document = answers();
    spoil(document);
    assertEquals(violations(document), [expected]);
  }
  assertEquals(violations(null), ["it must be object, got null"], "the whole");
});

Deno.test("fields that the schema does not name are allowed, whatever their names", () => {
  const more = JSON.parse('{"extra": {"anything": [1]}, "constructor": 1, "__proto__": 2}');
  assertEquals(violations({ ...answers(), ...more }), []);
});
