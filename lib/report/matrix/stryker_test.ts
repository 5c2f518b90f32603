import { Ajv } from "ajv";
import { schema } from "mutation-testing-report-schema";
import { assertEquals } from "@std/assert";
import { strykerReport } from "./stryker.ts";
import { row, sampleMatrix } from "./testing/sample_matrix.ts";

const SOURCE = 'const all = [\n  plain("no-mask"),\n  strong("leak"),\n];\n';
const LISTING = { file: "lib/catalogue.ts", source: SOURCE };

// deno-lint-ignore no-explicit-any
const reportOf = (matrix = sampleMatrix()) => strykerReport(matrix, LISTING) as any;

Deno.test("a matrix is a report of mutation testing as its published schema says", () => {
  const accepts = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  assertEquals([accepts(reportOf()), accepts.errors], [true, null]);
});

Deno.test("sabotages are mutants at their lines of the catalogue, claims are tests", () => {
  const { files, testFiles } = reportOf();
  const { mutants, source } = files["lib/catalogue.ts"];
  assertEquals(source, SOURCE);
  const { location, status, killedBy, coveredBy } = mutants[1];
  assertEquals(location, { start: { line: 3, column: 10 }, end: { line: 3, column: 16 } });
  assertEquals([status, killedBy], ["Killed", ["01/second", "10/third"]]);
  assertEquals(coveredBy, ["01/second", "10/third", "01/first"], "and the one that crashed");
  assertEquals(Object.keys(testFiles), ["spec/01_test.ts", "spec/10_test.ts"]);
  assertEquals(testFiles["spec/10_test.ts"].tests, [{
    id: "10/third",
    name: "10/third: What 10/third says",
    location: { start: { line: 7, column: 1 } },
  }]);
});

Deno.test("a crash is no kill", () => {
  const crashed = [{ claim: "01/first", on: "tiny", why: "it threw" }];
  const sabotages = [
    row("no-mask", [], { crashed }),
    row("leak", [], { crashed, survived: ["01/second"] }),
    row("leak", []),
  ];
  const { mutants } = reportOf(sampleMatrix({ sabotages })).files["lib/catalogue.ts"];
  const statuses = mutants.map(({ status }: { status: string }) => status);
  assertEquals(statuses, ["RuntimeError", "Survived", "NoCoverage"]);
});
