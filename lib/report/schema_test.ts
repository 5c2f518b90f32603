import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { renderJson } from "./json.ts";
import { sampleDocument, sampleFigure, sampleQuestion } from "./testing/sample.ts";
import { ANSWERS_SCHEMA, violations } from "./schema.ts";

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const accepts = ajv.compile(ANSWERS_SCHEMA as object);

/** The sample document as JSON, to be spoiled. */
// deno-lint-ignore no-explicit-any
function answers(): any {
  const claim = sampleQuestion().claims[0];
  const figures = (["lines", "bars", "dots", "heatmap"] as const).map(sampleFigure);
  const question = sampleQuestion({ claims: [{ ...claim, figures }] });
  return JSON.parse(renderJson(sampleDocument([question])));
}

Deno.test("answers.json is as its schema says, by this validator and by another", () => {
  const document = answers();
  assertEquals(violations(document, ANSWERS_SCHEMA), [], "by this one");
  assert(accepts(document), ajv.errorsText(accepts.errors));
});

Deno.test("both validators refuse what breaks the schema, and this one says where", () => {
  // deno-lint-ignore no-explicit-any
  const spoilings: [(document: any) => void, string][] = [
    [(d) => delete d.totals, "totals is missing"],
    [(d) => d.version = 2, "version must be 1, got 2"],
    [(d) => d.stands = "yes", 'stands must be of type boolean, got "yes"'],
    [(d) => d.questions = {}, "questions must be of type array, got {}"],
    [(d) => d.totals.claims.holds = -1, "totals.claims.holds must be at least 0, got -1"],
    [(d) => d.questions[0].number = 1.5, "questions[0].number must be of type integer, got 1.5"],
    [
      (d) => d.questions[0].claims[0].kind = "guess",
      'questions[0].claims[0].kind must be one of identity, empirical, construction, got "guess"',
    ],
    [
      (d) => d.questions[0].claims[0].id = 'x" onload="y',
      "questions[0].claims[0].id must be like ^[a-z0-9]+(-[a-z0-9]+)*$, got " +
      '"x\\" onload=\\"y"',
    ],
    [
      (d) => d.questions[0].claims[0].runs[2] = null,
      "questions[0].claims[0].runs[2] must be of type object, got null",
    ],
    [
      (d) => d.questions[0].claims[0].figures[0].rows[0].x = null,
      "questions[0].claims[0].figures[0].rows[0].x must be of type number or string, got null",
    ],
  ];
  for (const [spoil, expected] of spoilings) {
    const document = answers();
    spoil(document);
    assertEquals(violations(document, ANSWERS_SCHEMA), [expected], "by this one");
    assertEquals(accepts(document), false, `another validator must refuse it too: ${expected}`);
  }
});

Deno.test("fields that the schema does not name are allowed", () => {
  const document = { ...answers(), extra: { anything: [1] } };
  assertEquals(violations(document, ANSWERS_SCHEMA), [], "by this validator");
  assert(accepts(document), "and by another");
});

Deno.test("a name that every object has is not taken for a field of the schema", () => {
  const document = { ...answers(), ...JSON.parse('{"constructor": 1, "__proto__": 2}') };
  assertEquals(violations(document, ANSWERS_SCHEMA), [], "constructor and __proto__ are extras");
});
