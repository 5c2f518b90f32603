import { type Kept, keptOf } from "../../claims/before/as_before.ts";
import type { QuestionRecord } from "../../claims/mod.ts";
import { evidenceFiles, specFileAt } from "../../claims/spec_file.ts";
import { fileAt, readIfThere } from "../files_in.ts";
import { evidenceFolder } from "../report/run_spec.ts";
import { type Code, readCode, unchangedClaims } from "./unchanged_claims.ts";

/** A question as it was asked: its text, and what its claims kept or may keep. */
interface Asked {
  readonly text: string;
  readonly code?: Code;
  readonly kept: readonly Kept[];
}

/**
 * What a question that is watched came to in its last whole run, and what of that may be kept: of
 * claims that stood, where nothing but the question was saved since, what {@linkcode unchangedClaims}
 * says that this cannot have changed.
 */
export class Before {
  #last?: Asked;
  #now?: Asked;

  /** @param specs What is watched; where that is more than one question, nothing is kept. */
  constructor(readonly root: URL, readonly specs: readonly string[]) {}

  /** Has all claims asked anew: something was saved that any of them may hang on. */
  forget(): void {
    this.#last = this.#now = undefined;
  }

  /** What claims may keep in a run that begins now. */
  async kept(): Promise<readonly Kept[]> {
    const text = await this.#text();
    const code = readCode(text);
    const ids = unchangedClaims(this.#last?.code, code);
    const kept = this.#last?.kept.filter(({ record }) => ids.includes(record.id)) ?? [];
    this.#now = { text, code, kept };
    return kept;
  }

  /** Takes over what came of that run, and says how many claims are as before. */
  async take(id: string): Promise<string> {
    const found = await this.#believed(id);
    const asked = this.#now;
    if (!found || !asked) return "";
    // Where it was saved since, the run may have been of the one text or the other.
    const same = this.specs.length === 1 && await this.#text() === asked.text;
    this.#last = same ? { ...asked, kept: keptOf(found) } : undefined;
    const runs = new Map(asked.kept.map(({ record }) => [record.id, JSON.stringify(record.runs)]));
    const kept = found.claims.filter((claim) => runs.get(claim.id) === JSON.stringify(claim.runs));
    return kept.length > 0
      ? `${found.claims.length} claims, ${kept.length} of them as before. `
      : "";
  }

  async #text(): Promise<string> {
    return await this.#read(this.specs[0]) ?? "";
  }

  #read(path: string): Promise<string | undefined> {
    return readIfThere(fileAt(this.root, path));
  }

  /** The evidence of a run, where the report that was made of it says nothing else. */
  async #believed(id: string): Promise<QuestionRecord | undefined> {
    const { record } = evidenceFiles(specFileAt(this.specs[0]));
    const [evidence, answers] = await Promise.all(
      [evidenceFolder(id) + record, "report/answers.json"].map((path) => this.#read(path)),
    );
    if (evidence === undefined || answers === undefined) return undefined;
    const found: QuestionRecord = JSON.parse(evidence);
    const [told] = JSON.parse(answers).questions;
    // What it cannot believe of a run, a report adds to the problems.
    return told?.file === found.file && told.problems.length === found.problems.length
      ? found
      : undefined;
  }
}
