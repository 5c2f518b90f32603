import { assertEquals } from "@std/assert";
import * as sample from "../testing/sample.ts";
import { groupsTable, MEMBERS_SHOWN, membersTable } from "./runs_table.ts";

Deno.test("models and families are one row each, with what they measured", () => {
  assertEquals(groupsTable(sample.view({ runs: [sample.run(), ...sample.family(3)] }).subjects), {
    head: ["model", "outcome", "others", "self", "layers"],
    rows: [
      ["gpt", "held", "0", "1.25", ""],
      ["random transformers (3 models)", "held", "0", "0.5 to 0.7", "1 to 3"],
    ],
  }, "a field that a model lacks is empty");
});

Deno.test("a family whose members came out differently says how many of each", () => {
  const [first, ...rest] = sample.family(3);
  const wrong = { ...first, verdict: "fails", asExpected: false } as const;
  assertEquals(
    groupsTable(sample.view({ runs: [...rest, wrong] }).subjects).rows[0][1],
    "held (2); failed, and should not have (1)",
    "both outcomes",
  );
});

Deno.test("members that came out wrong are listed first, and a long list is cut", () => {
  const family = sample.family(MEMBERS_SHOWN + 10);
  const wrong = { ...family[MEMBERS_SHOWN + 5], verdict: "fails", asExpected: false } as const;
  const [group] = sample.view({ runs: family.with(MEMBERS_SHOWN + 5, wrong) }).subjects;
  const { rows } = membersTable(group);
  assertEquals(rows.length, MEMBERS_SHOWN, "as many as are shown");
  assertEquals(rows[0].slice(0, 2), [wrong.model, "failed, and should not have"], "the wrong one");
});
