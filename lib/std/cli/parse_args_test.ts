import { parseArgs } from "@std/cli/parse-args";
import { assertEquals } from "@std/assert";

const known = { boolean: ["no-times", "fast"], string: ["run-id", "seed"] } as const;
const plain = { "no-times": false, fast: false, _: [] };

/** What is given, and what is read besides the flags that were not. */
const CASES: [args: string, read: Record<string, unknown>][] = [
  ["", {}],
  ["gpt 12 -", { _: ["gpt", 12, "-"] }],
  ["--no-times gpt --fast=false", { "no-times": true, _: ["gpt"] }],
  ["--fast true gpt", { fast: true, _: ["gpt"] }],
  ["--run-id=7 --seed 3", { "run-id": "7", seed: "3" }],
  ["--run-id=a=b --seed=1 --seed 2", { "run-id": "a=b", seed: "2" }],
  ["--run-id --seed", { "run-id": "", seed: "" }],
  ["--run-id --fast gpt", { "run-id": "", fast: true, _: ["gpt"] }],
  ["--steps=20 --every 5 --other", { steps: 20, every: 5, other: true }],
  ["-h", { h: true }],
  ["--seed 3 -- --fast 12", { seed: "3", _: ["--fast", "12"] }],
];

Deno.test("options are read in every form, and the rest are positional", () => {
  for (const [args, read] of CASES) {
    const parsed = parseArgs(args.split(" ").filter(Boolean), known);
    assertEquals<unknown>(parsed, { ...plain, ...read }, args);
  }
});
