/** For tests: a project in an awkward folder, and commands in it. */
import { pathToFileURL } from "node:url";
import { call, type Called, start } from "../../claims/testing/call.ts";
import { inCopy, inProject } from "../../claims/testing/project.ts";
import { filesIn } from "../files_in.ts";
import { type Making, reportCommand } from "../report.ts";

/** What the commands need of the project. */
const PARTS = [
  ...["lib/claims", "lib/cli", "lib/model", "lib/onnx", "lib/report", "lib/std", "lib/tensor"],
  ...["deno.json", "deno.lock"],
];

// deno-lint-ignore no-explicit-any
export type Answers = any;

/** The report that is there. */
export interface Report {
  /** Texts of its files, those that are there. */
  readonly files: Readonly<Record<string, string>>;
  readonly answers?: Answers;
}

/** What else a question may be asked with, as far as it must be there: it is loaded in no time. */
const DOORS = {
  "mod.ts": "",
  "fixtures/mod.ts": "export const oneOfEachWiring = [], tiny = { load() {} };",
  "lib/circuits/mod.ts": "export const pairsInEachBlock = () => [], probeInfluence = () => {};",
};

/** All that there is to check. */
const WHOLE = ["deno.json", "deno.lock", "fixtures", "lib", "mod.ts", "spec"];

/** A folder with this project's library in it. */
export class Project {
  /** Runs with one that has no spec and no test, and removes it. */
  static empty(body: (project: Project) => Promise<void>): Promise<void> {
    return inProject(PARTS, (folder) => body(new Project(folder)));
  }

  /** The same for what loads all that a question may be asked with. */
  static quick(body: (project: Project) => Promise<void>): Promise<void> {
    return Project.empty(async (project) => {
      for (const folder of ["fixtures", "lib/circuits"]) {
        await Deno.mkdir(`${project.folder}/${folder}`);
      }
      for (const [file, text] of Object.entries(DOORS)) {
        await Deno.writeTextFile(`${project.folder}/${file}`, text);
      }
      await body(project);
    });
  }

  /** Runs with one that is a copy of this one, and removes it. */
  static copy(body: (project: Project) => Promise<void>): Promise<void> {
    return inCopy(WHOLE, (folder) => body(new Project(folder)));
  }

  private constructor(readonly folder: string) {}

  /** Writes spec files. */
  async write(specs: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(specs)) {
      await Deno.writeTextFile(`${this.folder}/spec/${name}`, text);
    }
  }

  /** Its address. */
  get root(): URL {
    return pathToFileURL(`${this.folder}/`);
  }

  /** Makes a report in this process. */
  report(...args: string[]): Promise<Omit<Called, "stdout"> & Report> {
    return this.reportWith({}, ...args);
  }

  /** The same, made as is told. */
  async reportWith(making: Making, ...args: string[]): Promise<Omit<Called, "stdout"> & Report> {
    let output = "";
    const complain = (line: string) => void (output += `${line}\n`);
    const screen = { terminal: false, write: (text: string) => void (output += text) };
    const code = await reportCommand(args, { root: this.root, screen, complain }, making);
    return { code, output, ...await this.made() };
  }

  /** The report that is there now. */
  async made(): Promise<Report> {
    const files: Record<string, string> = {};
    for (const { path } of await filesIn(this.root, "report/")) {
      if (!/^report\/[^./][^/]*\.(json|md|html)$/.test(path)) continue;
      files[path.replace("report/", "")] = await Deno.readTextFile(`${this.folder}/${path}`);
    }
    const json = files["answers.json"];
    return { files, answers: json === undefined ? undefined : JSON.parse(json) };
  }

  /** Starts a command in a folder of the project: where must not matter. */
  start(command: string, args: string[], env?: Record<string, string>): Deno.ChildProcess {
    return start(`${this.folder}/lib`, command, args, env);
  }

  /** Calls a command there, and waits until it is done. */
  call(command: string, args: string[], env?: Record<string, string>): Promise<Called> {
    return call(`${this.folder}/lib`, command, args, env);
  }
}

/** Verdicts by file. */
export function verdicts(answers: Answers): Record<string, string> {
  return Object.fromEntries(answers.questions.map((q: Answers) => [q.file, q.verdict]));
}
