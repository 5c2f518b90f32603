import { assertEquals, assertThrows } from "@std/assert";
import { readVerifyOptions } from "./options.ts";

const SPECS = ["spec/01_a_test.ts", "spec/02_b_test.ts"];
const read = (...args: string[]) => readVerifyOptions(args, SPECS);

Deno.test("a model is asked everything unless some files are named", () => {
  const { model, files, maxTokens, limit } = read("--model=here");
  assertEquals([model, files, maxTokens, limit], ["here", SPECS, 160, 300]);
  const some = read("--model", "here", "./spec/02_b_test.ts", "--max-tokens=32", "--prompt", "Hi");
  assertEquals([some.files, some.maxTokens, some.prompt], [[SPECS[1]], 32, "Hi"]);
  assertEquals([some.runtime, read("--model=x", "--runtime=native").runtime], ["web", "native"]);
  assertEquals([some.kind, read("--model=x", "--kind=identity").kind], [undefined, "identity"]);
  assertEquals(read("--model=a/b", "--revision=v1").revision, "v1");
  assertEquals(read("--help").help, true, "for which no model is needed");
});

Deno.test("what cannot be done is refused in the words that were given", () => {
  const refusals: [string[], string][] = [
    [[], "Which model? --model needs a folder, or OWNER/NAME"],
    [["--model=x", "--quick"], 'There is no option "quick"'],
    [["--model=x", "--text=a", "--tokens=b"], "Give --text or --tokens, not both"],
    [
      ["--model=x", "--max-tokens=1.5"],
      'Bad --max-tokens: a whole number above 0 is required, got "1.5"',
    ],
    [["--model=x", "--runtime=gpu"], 'Bad --runtime: web or native is required, got "gpu"'],
    [
      ["--model=x", "--kind=identities"],
      'Bad --kind: identity, empirical or construction is required, got "identities"',
    ],
    [["--model=x", "spec/3.ts"], 'Cannot ask "spec/3.ts": it must be a spec file'],
  ];
  for (const [args, message] of refusals) assertThrows(() => read(...args), RangeError, message);
});
