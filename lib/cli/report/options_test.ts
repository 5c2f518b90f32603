import { assertEquals, assertThrows } from "@std/assert";
import { readReportOptions } from "./options.ts";

const SPECS = ["spec/01_a_test.ts", "spec/10_b_test.ts"];

Deno.test("without arguments all spec files are run, with times", () => {
  assertEquals(
    readReportOptions([], SPECS),
    { files: undefined, quiet: false, limit: 180, times: true, help: false },
    "the default",
  );
});

Deno.test("options and files are read in any order, files once each and sorted", () => {
  const args = [
    "./spec/10_b_test.ts",
    "--no-times",
    "--limit=2.5",
    "spec/01_a_test.ts",
    "spec/10_b_test.ts",
  ];
  assertEquals(
    readReportOptions(args, SPECS),
    { files: SPECS, quiet: false, limit: 2.5, times: false, help: false },
    "a leading ./ is allowed",
  );
  assertEquals(readReportOptions(["--help"], SPECS).help, true, "help");
});

Deno.test("reports are compared and merged by their files", () => {
  const merged = readReportOptions(["--merge", "a.json", "b.json", "a.json", "--quiet"], SPECS);
  assertEquals(merged.merge, ["a.json", "b.json"], "each once");
  assertEquals([merged.files, merged.quiet], [undefined, true]);
  for (const args of [["--compare", "old.json", SPECS[0]], [SPECS[0], "--compare=old.json"]]) {
    const { compare, files } = readReportOptions(args, SPECS);
    assertEquals([compare, files], ["old.json", [SPECS[0]]]);
  }
});

Deno.test("an unknown option, a limit that is none and a file that is no spec are refused, by name", () => {
  const cases: [string[], string][] = [
    [["--limit=soon"], 'Bad limit: it must be a number of seconds above 0, got "soon"'],
    [["--limit=0"], 'got "0"'],
    [["--compare"], "Nothing to compare with: --compare needs a file"],
    [["--merge"], "Nothing to merge: --merge needs files"],
    [["--filter=x"], 'There is no option "filter": see --help'],
    [["spec/99_gone_test.ts"], 'Cannot report on "spec/99_gone_test.ts": it must be a spec file'],
    [["lib/report/json_test.ts"], "one of spec/01_a_test.ts, spec/10_b_test.ts"],
  ];
  for (const [args, message] of cases) {
    assertThrows(() => readReportOptions(args, SPECS), RangeError, message);
  }
});
