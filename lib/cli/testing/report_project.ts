/** For tests: a project with specs of its own, in an awkward folder, and `deno task report` for it. */
import { pathToFileURL } from "node:url";
import { inProject } from "../../claims/testing/project.ts";
import { reportCommand } from "../report.ts";

/** What the commands need of the project. */
const PARTS = [
  ...["lib/claims", "lib/cli", "lib/model", "lib/report", "lib/std", "lib/tensor"],
  ...["deno.json", "deno.lock"],
];

// deno-lint-ignore no-explicit-any
export type Answers = any;

/** What a command came to. */
export interface Called {
  readonly code: number;
  readonly output: string;
}

/** The report that is there. */
export interface Report {
  /** Texts of its files, those that are there. */
  readonly files: Readonly<Record<string, string>>;
  readonly answers?: Answers;
}

/** A folder with this project's library in it. */
export class ReportProject {
  /** Runs with one, and removes it. */
  static in(body: (project: ReportProject) => Promise<void>): Promise<void> {
    return inProject(PARTS, (folder) => body(new ReportProject(folder)));
  }

  private constructor(readonly folder: string) {}

  /** Writes spec files. */
  async write(specs: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(specs)) {
      await Deno.writeTextFile(`${this.folder}/spec/${name}`, text);
    }
  }

  /** Makes a report in this process. */
  async report(...args: string[]): Promise<Called & Report> {
    let output = "";
    const complain = (line: string) => void (output += `${line}\n`);
    const screen = { terminal: false, write: (text: string) => void (output += text) };
    const root = pathToFileURL(`${this.folder}/`);
    const code = await reportCommand(args, { root, screen, complain });
    return { code, output, ...await this.made() };
  }

  /** The report that is there now. */
  async made(): Promise<Report> {
    const files: Record<string, string> = {};
    for (const name of ["answers.json", "answers.md", "index.html"]) {
      const text = await Deno.readTextFile(`${this.folder}/report/${name}`).catch(() => undefined);
      if (text !== undefined) files[name] = text;
    }
    const json = files["answers.json"];
    return { files, answers: json === undefined ? undefined : JSON.parse(json) };
  }

  /** Starts a command in the project. */
  start(command: string, args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
    return new Deno.Command(command, {
      args,
      cwd: `${this.folder}/lib`, // Where within it must not matter.
      env: { NO_COLOR: "1", FORCE_COLOR: "", ...env },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Calls a command in the project, and waits until it is done. */
  async call(command: string, args: string[], env?: Record<string, string>): Promise<Called> {
    const { code, stdout, stderr } = await this.start(command, args, env).output();
    const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    return { code, output };
  }
}

/** Verdicts by file. */
export function verdicts(answers: Answers): Record<string, string> {
  return Object.fromEntries(answers.questions.map((q: Answers) => [q.file, q.verdict]));
}
