import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { call, type Called } from "../claims/testing/call.ts";
import { Project } from "./testing/project.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const README = (await Deno.readTextFile(`${ROOT}/README.md`)).replaceAll("\r\n", "\n");

/** The code blocks of the README in one language. */
function snippets(language: string): string[] {
  const blocks = README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...blocks].filter(([, name]) => name === language).map(([, , code]) => code.trim());
}

/** Calls a command as a reader does, who has this Deno as `deno`. */
function shell(command: string): Promise<Called> {
  const path = [dirname(Deno.execPath()), Deno.env.get("PATH")].join(delimiter);
  return call(ROOT, "bash", ["-c", command], { PATH: path });
}

const ran = new Map<string, Promise<Called>>();

/** What a command of the README does, run once for all tests that need it. */
function once(command: string): Promise<Called> {
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

// `task test:io` is what is running now, and a model of the reader's is not here; the others are run
// as they stand.
for (const command of snippets("sh").filter((command) => !/test:io|path\/to/.test(command))) {
  Deno.test(`the README's command works: ${command}`, async () => {
    const { code, output } = await once(command);
    assertEquals(code, 0, output);
  });
}

Deno.test("the README's pieces of answers stand in the report, to the letter", async () => {
  const report = words(await readReport("answers.md"));
  const quotes = README.match(/(?:^> .*\n|^>\n)+/gm) ?? [];
  assert(quotes.length > 0, "the README must quote an answer");
  for (const quote of quotes) {
    const quoted = words(quote.replaceAll(/^> ?/gm, ""));
    assert(report.includes(quoted), `not in report/answers.md:\n${quoted}`);
  }
});

Deno.test("the README's pictures are the report's", async () => {
  // That of all sabotages takes minutes to make: its own command does.
  const pictures = [...README.matchAll(/\(\.github\/(.*?\.svg)\)/g)].map(([, name]) => name)
    .filter((name) => name !== "sabotage.svg");
  assert(pictures.length > 0, "the README must show a picture");
  for (const name of pictures) {
    const shown = await Deno.readTextFile(`${ROOT}/.github/${name}`);
    const copy = `copy report/figures/${name} to .github/`;
    assertEquals(shown, await readReport(`figures/${name}`), copy);
  }
});

/** A text of the report that the README's first command makes. */
async function readReport(path: string): Promise<string> {
  const { code, output } = await once(snippets("sh")[0]);
  assertEquals(code, 0, output);
  return await Deno.readTextFile(`${ROOT}/report/${path}`);
}

/** What there is to read in Markdown: no addresses, and every blank alike. */
function words(markdown: string): string {
  return markdown.replaceAll(/\[((?:[^\[\]]|\[\w+\])*)\]\([^)]*\)/g, "$1")
    .split(/\s+/).filter(Boolean).join(" ");
}

Deno.test("the README's own question can be added as a file, and stands", () =>
  Project.copy(async (project) => {
    const [code] = snippets("ts");
    const file = "spec/14_attention_weights_test.ts";
    await Deno.writeTextFile(`${project.folder}/${file}`, code);
    const test = ["test", "--no-lock", "--no-prompt"];
    const alone = await project.call(Deno.execPath(), [...test, `../${file}`]);
    assertEquals(alone.code, 0, alone.output);
    const among = [...test, "--no-check", "--filter=weights of a position sum"];
    const plain = await project.call(Deno.execPath(), among);
    assertStringIncludes(plain.output, `from ../${file}`);
    assertEquals(plain.code, 0, plain.output);
  }));
