import { assertEquals, assertStringIncludes } from "@std/assert";
import { CONTENTS } from "./contents.ts";
import { Project } from "./testing/project.ts";

Deno.test("what `deno task contents` writes is what is committed, and a new question is in it", () =>
  Project.copy(async (project) => {
    const contents = `${project.folder}/${CONTENTS}`;
    const committed = await Deno.readTextFile(contents);
    const write = () => project.call(Deno.execPath(), ["task", "contents"]);
    const { code, output } = await write();
    assertEquals(code, 0, output);
    assertEquals(await Deno.readTextFile(contents), committed, "run deno task contents");

    await project.write({ "50_last_test.ts": spec("short`Yes, _always_.`;") });
    assertEquals((await write()).code, 0);
    const added = "\n## 50. [Is it the last?](50_last_test.ts)\n\nYes, always.\n";
    assertEquals(await Deno.readTextFile(contents), committed + added);

    await project.write({ "50_last_test.ts": spec("") });
    const refused = await write();
    assertEquals(refused.code, 1);
    assertStringIncludes(
      refused.output,
      "spec/50_last_test.ts must ask a question and answer it in short",
    );
    assertEquals(await Deno.readTextFile(contents), committed + added, "the old list is whole");
  }));

function spec(answer: string): string {
  return `import { question } from "../mod.ts";
question("Is it the last?", { notes: "open", standing: "answered here" }, ({ short }) => {
  void short;
  ${answer}
});
`;
}
