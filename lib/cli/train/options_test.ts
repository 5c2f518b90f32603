import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { readTrainOptions, TRAIN_USAGE } from "./options.ts";

const PLAIN = {
  names: [],
  list: false,
  help: false,
  check: false,
  resume: false,
  steps: undefined,
  saveEvery: 100,
};

/** What is asked for, and how it differs from nothing. */
const READ: [string[], object][] = [
  [["gpt", "attn-2l", "gpt"], { names: ["gpt", "attn-2l"] }],
  [["7"], { names: ["7"] }], // a name may look like a number
  [["--all", "--resume", "--steps=20", "--save-every", "5"], {
    resume: true,
    steps: 20,
    saveEvery: 5,
  }],
  [["gpt", "--check"], { names: ["gpt"], check: true }],
  [["--list"], { list: true }],
  [["--help"], { help: true }],
];

for (const [args, options] of READ) {
  Deno.test(`${args.join(" ")} is understood`, () => {
    assertEquals(readTrainOptions(args), { ...PLAIN, ...options });
  });
}

/** Calls that are refused, and what is said. */
const REFUSED: [string[], string][] = [
  [[], "Cannot train: names or --all are required, got neither: see --help"],
  [["--all", "gpt"], "names or --all are required, got --all and gpt"],
  ...["0", "-3", "1.5", "1e3", "many", "", "1000000000"].flatMap((wrong) =>
    ["--steps", "--save-every"].map((option): [string[], string] => [
      ["gpt", `${option}=${wrong}`],
      `${option} must be a whole number from 1 to 999999999, got "${wrong}"`,
    ])
  ),
  // A trial cannot give what all steps give.
  [["gpt", "--check", "--steps=20"], "--check requires all steps, got --steps too"],
  // An option without its number is not taken for a whole training.
  [["gpt", "--steps"], "--steps must be a whole"],
  [["gpt", "--step=20"], 'There is no option "step": see --help'],
];

for (const [args, message] of REFUSED) {
  Deno.test(`"${args.join(" ")}" is refused: ${message}`, () => {
    assertThrows(() => readTrainOptions(args), RangeError, message);
  });
}

Deno.test("the usage explains every option and what the command exits with", () => {
  const options = ["list", "all", "check", "resume", "save-every", "steps", "help"];
  for (const option of options) assertStringIncludes(TRAIN_USAGE, `  --${option}`);
  assertStringIncludes(TRAIN_USAGE, "NAME/1 is one of them, NAME alone is all of them");
  for (const code of ["Exits with 0", "1 when", "130 when", "2 for"]) {
    assertStringIncludes(TRAIN_USAGE, code);
  }
});
