import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { readTrainOptions, TRAIN_USAGE } from "./train_options.ts";

const PLAIN = {
  names: [],
  list: false,
  help: false,
  check: false,
  resume: false,
  steps: undefined,
  saveEvery: 100,
};

Deno.test("names are what is trained, each once, from the beginning", () => {
  assertEquals(readTrainOptions(["gpt", "attn-2l", "gpt"]), {
    ...PLAIN,
    names: ["gpt", "attn-2l"],
  });
  assertEquals(readTrainOptions(["7"]).names, ["7"], "a name may look like a number");
});

Deno.test("every option can be given", () => {
  const all = ["--all", "--resume", "--steps=20", "--save-every", "5"];
  assertEquals(readTrainOptions(all), { ...PLAIN, resume: true, steps: 20, saveEvery: 5 });
  assertEquals(readTrainOptions(["gpt", "--check"]), { ...PLAIN, names: ["gpt"], check: true });
  assertEquals(readTrainOptions(["--list"]), { ...PLAIN, list: true });
  assertEquals(readTrainOptions(["--help"]), { ...PLAIN, help: true });
});

Deno.test("what to train must be said, and only once", () => {
  assertThrows(
    () => readTrainOptions([]),
    RangeError,
    "Cannot train: names or --all are required, got neither: see --help",
  );
  assertThrows(
    () => readTrainOptions(["--all", "gpt"]),
    RangeError,
    "names or --all are required, got --all and gpt",
  );
});

for (const wrong of ["0", "-3", "1.5", "1e3", "many", "", "1000000000"]) {
  Deno.test(`"${wrong}" is no number of steps`, () => {
    for (const option of ["--steps", "--save-every"]) {
      assertThrows(
        () => readTrainOptions(["gpt", `${option}=${wrong}`]),
        RangeError,
        `${option} must be a whole number from 1 to 999999999, got "${wrong}"`,
      );
    }
  });
}

Deno.test("a trial is not checked: it cannot give what all steps give", () => {
  assertThrows(
    () => readTrainOptions(["gpt", "--check", "--steps=20"]),
    RangeError,
    "Cannot check a trial: --check requires all steps, got --steps too",
  );
});

Deno.test("an option without its number is not taken for a whole training", () => {
  assertThrows(() => readTrainOptions(["gpt", "--steps"]), RangeError, "--steps must be a whole");
});

Deno.test("an option that does not exist is named", () => {
  assertThrows(
    () => readTrainOptions(["gpt", "--step=20"]),
    RangeError,
    'There is no option "step": see --help',
  );
});

Deno.test("the usage explains every option and what the command exits with", () => {
  const options = ["list", "all", "check", "resume", "save-every", "steps", "help"];
  for (const option of options) assertStringIncludes(TRAIN_USAGE, `  --${option}`);
  assertStringIncludes(TRAIN_USAGE, "NAME/1 is one of them, NAME alone is all of them");
  for (const code of ["Exits with 0", "1 when", "130 when", "2 for"]) {
    assertStringIncludes(TRAIN_USAGE, code);
  }
});
