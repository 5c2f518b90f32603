import { assert, assertEquals, assertStringIncludes } from "@std/assert";

const ROOT = new URL("../../", import.meta.url).pathname;
const README = await Deno.readTextFile(`${ROOT}README.md`);

/** The code blocks of the README in one language. */
function snippets(language: string): string[] {
  const blocks = README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...blocks].filter(([, name]) => name === language).map(([, , code]) => code.trim());
}

/** What a command printed, and how it ended; it gets this Deno as `deno`. */
async function shell(command: string, cwd = ROOT): Promise<{ code: number; output: string }> {
  const bin = Deno.execPath().replace(/\/[^/]*$/, "");
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", command],
    cwd,
    env: { PATH: `${bin}:${Deno.env.get("PATH")}`, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

const ran = new Map<string, ReturnType<typeof shell>>();

/** What a command of the README does, run once for all tests that need it. */
function once(command: string): ReturnType<typeof shell> {
  if (!ran.has(command)) ran.set(command, shell(command));
  return ran.get(command)!;
}

Deno.test("the README begins with the two commands", () => {
  assertEquals(snippets("sh").slice(0, 2), [
    "npx -y deno@2.9.6 task report",
    "npx -y deno@2.9.6 test",
  ]);
});

Deno.test("every language that the README has code in is tested here", () => {
  const languages = [...README.matchAll(/^```(\w+)$/gm)].map(([, name]) => name);
  assertEquals([...new Set(languages)].sort(), ["sh", "ts"]);
});

// `task test:io` is what is running now; the others are run as they stand.
for (const command of snippets("sh").filter((command) => !command.includes("test:io"))) {
  Deno.test(`the README's command works: ${command}`, async () => {
    const { code, output } = await once(command);
    assertEquals(code, 0, output);
  });
}

Deno.test("the README's piece of an answer stands in the report, to the letter", async () => {
  const quoted = README.match(/(?:^> .*\n|^>\n)+/m)?.[0].replaceAll(/^> ?/gm, "");
  assert(quoted, "the README must quote an answer");
  const { code, output } = await once(snippets("sh")[0]);
  assertEquals(code, 0, output);
  const words = (text: string) =>
    text.replaceAll(/\[((?:[^\[\]]|\[\w+\])*)\]\([^)]*\)/g, "$1").split(/\s+/).filter(Boolean);
  const report = words(await Deno.readTextFile(`${ROOT}report/answers.md`)).join(" ");
  assert(report.includes(words(quoted).join(" ")), `not in report/answers.md:\n${quoted}`);
});

Deno.test("the README's own question can be added as a file, and stands", async () => {
  const [code] = snippets("ts");
  const project = await Deno.makeTempDir();
  try {
    // A copy, not links: without permission Deno reads no file by way of a link.
    await shell(`cp -r deno.json mod.ts lib fixtures spec ${project}`);
    await Deno.writeTextFile(`${project}/spec/14_attention_weights_test.ts`, code);
    const alone = "deno test --no-lock --no-prompt spec/14_attention_weights_test.ts";
    const { code: exit, output } = await shell(alone, project);
    assertEquals(exit, 0, output);
    const among = "deno test --no-lock --no-prompt --no-check --filter 'weights of a position sum'";
    const plain = await shell(among, project);
    assertStringIncludes(plain.output, "from ./spec/14_attention_weights_test.ts");
    assertEquals(plain.code, 0, plain.output);
  } finally {
    await Deno.remove(project, { recursive: true });
  }
});
