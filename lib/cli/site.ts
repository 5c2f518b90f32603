/** `deno task site`: the report that is there as a folder for a static host. */
import { parseArgs } from "@std/cli/parse-args";
import { drawFigure, makeDocument, renderFiles } from "../report/mod.ts";
import { isWebAddress } from "../report/prose.ts";
import { fileAt, filesIn } from "./files_in.ts";
import { here, type Place } from "./place.ts";
import { readAnswers } from "./report/answers/answers_file.ts";
import { merge } from "./report/answers/merge.ts";
import { isOfMatrix, writeReport } from "./report/folder.ts";
import { readSpecFolder } from "./report/spec_folder.ts";
import { toolVersions } from "./report/tool_versions.ts";
import { matrixThere } from "./sabotage/matrix_there.ts";

const USAGE = `usage: deno task site [--base=URL] [--source=URL]

Writes the report in report/, which must be whole and stand, to site/, for a static host.

  --base=URL    where it will be: link previews need the whole address of a picture
  --source=URL  where the project's files can be read, such as https://example.org/blob/main;
                without it the spec files are put beside the pages
  --help        this text`;

/** What the command was asked for. */
interface SiteOptions {
  readonly base?: string;
  readonly source?: string;
  readonly help: boolean;
}

/** The command: what it exits with. */
export async function siteCommand(args: readonly string[], place: Place): Promise<number> {
  try {
    const options = readOptions(args);
    place.screen.write(options.help ? `${USAGE}\n` : await makeSite(options, place.root));
    return 0;
  } catch (error) {
    place.complain((error as Error).message);
    return 2;
  }
}

function readOptions(args: readonly string[]): SiteOptions {
  const { _, help, base, source, ...unknown } = parseArgs([...args], {
    boolean: ["help"],
    string: ["base", "source"],
  });
  const [strange] = [...Object.keys(unknown), ..._];
  if (strange !== undefined) throw new RangeError(`There is no option "${strange}": see --help`);
  for (const [name, url] of Object.entries({ base, source })) {
    if (url === undefined || isWebAddress(url)) continue;
    throw new RangeError(`Bad --${name}: an address of the web is required, got "${url}"`);
  }
  return { help, base, source: source?.replace(/\/$/, "") };
}

/** Makes it: what is to be said of it. */
async function makeSite({ base, source }: SiteOptions, root: URL): Promise<string> {
  const { files } = await readSpecFolder(root);
  const answers = await readAnswers(root, "report/answers.json");
  const { spec } = await toolVersions(root);
  const { questions, info, missing } = merge([{ path: "report/answers.json", answers }], {
    files,
    spec: spec!,
  });
  const matrix = await matrixThere(root, info.tool);
  const document = makeDocument(questions, { ...info, base, matrix }, drawFigure);
  if (missing.length > 0 || !document.stands) {
    throw new Error("Cannot make a site: the report must be of every spec file, and must stand");
  }
  const rendered = renderFiles(document, await textsIn(root, "report/live/"));
  const pages = [...rendered].map(([path, text]) =>
    [path, /\.(html|md)$/.test(path) ? linked(text, source) : text] as const
  );
  const sources = source === undefined ? await textsOf(root, files) : [];
  await writeReport(new URL("site/", root), [
    ...pages,
    ...sources.map(([path, text]) => [besidePages(path), text] as const),
    ...await bytesIn(root, "report/previews/"),
    ...matrix === undefined ? [] : await matrixFiles(root),
  ]);
  return `The site is in site/: ${document.summary}\n`;
}

/** Files of the project are not beside the pages: they are read where they can be. */
function linked(text: string, source: string | undefined): string {
  return text.replaceAll(
    /(href="|\]\()\.\.\/(spec\/[^"#)]+)/g,
    (_, start, path) => start + (source === undefined ? besidePages(path) : `${source}/${path}`),
  );
}

/** Where a spec file lies in a site, as text that a browser shows. */
function besidePages(path: string): string {
  return `${path.replace("spec/", "live/")}.txt`;
}

/** Texts in a folder of the report, by their path there. */
async function textsIn(root: URL, folder: string): Promise<Map<string, string>> {
  const found = (await filesIn(root, folder)).map(({ path }) => path);
  const texts = await textsOf(root, found);
  return new Map(texts.map(([path, text]) => [path.replace("report/", ""), text]));
}

function textsOf(root: URL, paths: readonly string[]): Promise<(readonly [string, string])[]> {
  return Promise.all(
    paths.map(async (path) => [path, await Deno.readTextFile(fileAt(root, path))] as const),
  );
}

/** What `deno task sabotage` has left in the report. */
async function matrixFiles(root: URL): Promise<(readonly [string, string])[]> {
  const found = (await filesIn(root, "report/")).map(({ path }) => path)
    .filter((path) => isOfMatrix(path.replace("report/", "")));
  const texts = await textsOf(root, found);
  return texts.map(([path, text]) => [path.replace("report/", ""), text] as const);
}

async function bytesIn(root: URL, folder: string): Promise<(readonly [string, Uint8Array])[]> {
  const found = await filesIn(root, folder);
  return Promise.all(
    found.map(async ({ path }) =>
      [path.replace("report/", ""), await Deno.readFile(fileAt(root, path))] as const
    ),
  );
}

if (import.meta.main) Deno.exit(await siteCommand(Deno.args, here()));
