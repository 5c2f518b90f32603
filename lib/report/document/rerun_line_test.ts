import { assert, assertEquals } from "@std/assert";
import { rerunLine } from "./rerun_line.ts";

const FILE = "spec/03_few_paths_test.ts";

Deno.test("a claim is run again by its file and its statement", () => {
  assertEquals(
    rerunLine(FILE, "At a token, fewer paths do it"),
    `deno test ${FILE} --filter "/^At a token, fewer paths do it/"`,
  );
  assertEquals(rerunLine(FILE), `deno test ${FILE}`, "and a file alone by its name");
});

Deno.test("the filter finds its test whatever is in the statement, and means nothing to a shell", () => {
  const statements = [
    "An MLP's output is local",
    `$(rm -rf ~) \`id\` $HOME "quoted" \\ back!slash %PATH% ^ & | ; < > *`,
    "W_QK (of all) is [rank] {4}? 2 + 2 = 4. a/b ... É × 😀 – ends\u2019",
  ];
  for (const statement of statements) {
    const [, filter] = /--filter "\/(.*)\/"$/.exec(rerunLine(FILE, statement))!;
    assert(new RegExp(filter, "u").test(statement), `${filter} must find ${statement}`);
    assertEquals(/[$`"'\\!%&|<>*]/.exec(filter), null, `${filter} must be plain`);
    assert(!new RegExp(filter, "u").test(`Not: ${statement}`), "from its beginning");
  }
});

Deno.test("a file with a strange name is one word, which a shell reads as it is", () => {
  assertEquals(rerunLine("spec/a 'b' $(c)_test.ts"), `deno test 'spec/a '\\''b'\\'' $(c)_test.ts'`);
});
