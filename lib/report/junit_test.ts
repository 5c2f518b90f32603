import { assertEquals } from "@std/assert";
import { readJunit } from "./junit.ts";

const JUNIT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="3" failures="1" errors="0" time="0.778">
    <testsuite name="./spec/01_a_test.ts" tests="3" disabled="0" errors="0" failures="1">
        <testcase name="x &lt; &quot;y&quot; &amp; z" classname="./spec/01_a_test.ts" time="0.3" line="3" col="4">
        </testcase>
        <testcase name="it fails" classname="./spec/01_a_test.ts" time="0.304" line="33" col="4">
            <failure message="1 test step failed">Error: &lt;testcase name="no"&gt;</failure>
        </testcase>
        <testcase name="it fails &gt; on gpt" classname="./spec/01_a_test.ts" time="0.3" line="2" col="5">
            <failure message="Uncaught Error: bad">Error: bad</failure>
        </testcase>
    </testsuite>
    <testsuite name="./spec/02_b_test.ts" tests="0" disabled="0" errors="0" failures="0">
    </testsuite>
</testsuites>
`;

Deno.test("test results are read by file, with what failed and steps left out of the tests", () => {
  assertEquals(readJunit(JUNIT), [
    {
      file: "spec/01_a_test.ts",
      tests: ['x < "y" & z', "it fails"],
      failed: ["it fails", "it fails > on gpt"],
    },
    { file: "spec/02_b_test.ts", tests: [], failed: [] },
  ], "as deno test writes them");
});

Deno.test("test results cut short anywhere are no test results", () => {
  for (const at of [0, 10, 200, JUNIT.indexOf("</testsuites>")]) {
    assertEquals(readJunit(JUNIT.slice(0, at)), undefined, `cut after ${at} characters`);
  }
});

Deno.test("a run without tests has results without suites", () => {
  const empty = '<?xml version="1.0"?>\n<testsuites name="deno test" tests="0">\n</testsuites>\n';
  assertEquals(readJunit(empty), [], "which is not the same as no results");
});
