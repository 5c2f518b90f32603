import type { PlannedClaim } from "../../claims/plan.ts";
import type { ClaimRecord } from "../../claims/mod.ts";
import { catalogue, type Chosen, chosenSabotage } from "../../model/sabotages/catalogue.ts";
import { drawFigure } from "../charts/chart.ts";
import type { LiveClaim, LivePicture, Offer, Recorded, RecordedRun, Reply } from "./messages.ts";
import { sameNumbers, total } from "./same_numbers.ts";

/** Runs the claims of spec files, as often as one likes. */
export class Bench {
  readonly #questionIn: (file: string) => Promise<Asks>;
  readonly #say: (reply: Reply) => void;

  /**
   * @param questionIn What a spec file asks; rejects where there is no such file.
   * @param say Called with what comes out, as it comes.
   */
  constructor(questionIn: (file: string) => Promise<Asks>, say: (reply: Reply) => void) {
    this.#questionIn = questionIn;
    this.#say = say;
  }

  /** What can be broken, those first that the claims of a file name. */
  async offers(file: string): Promise<Offer[]> {
    const { claims } = await this.#questionIn(file);
    const names = new Set(claims.flatMap((claim) => claim.brokenBy));
    const offers = catalogue.map(({ make, ...choice }): Offer => {
      const { name, description } = make();
      return { ...choice, name, description, named: names.has(name) };
    });
    return offers.toSorted((a, b) => Number(b.named) - Number(a.named));
  }

  /**
   * Runs every claim of a file and says what came of each as it comes.
   *
   * @param chosen What the models are broken by first: nothing, or some sabotages of the catalogue.
   * @param recorded What the report has of the same claims.
   * @throws {RangeError} If there is no such sabotage.
   */
  async run(file: string, chosen: readonly Chosen[], recorded: Recorded): Promise<void> {
    const sabotage = chosenSabotage(chosen);
    const { claims } = await this.#questionIn(file);
    for (const { id, statement, again } of claims) {
      const { steps, record } = again(sabotage);
      for (const [done, { name, run }] of steps.entries()) {
        this.#say({ kind: "progress", claim: id, statement, step: name, done, of: steps.length });
        await run();
        await breath();
      }
      this.#say({
        kind: "claim",
        claim: liveClaim(await record(), recorded[id] ?? [], !!sabotage),
      });
    }
    this.#say({ kind: "done" });
  }
}

/** What a question asks. */
interface Asks {
  readonly claims: readonly PlannedClaim[];
}

/** Lets whoever waits for a turn have one: messages, above all. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** What came of a claim, beside what the report has of it. */
function liveClaim(
  { id, statement, verdict, reason, runs, figures }: ClaimRecord,
  recorded: readonly RecordedRun[],
  broken: boolean,
): LiveClaim {
  const labelled = (run: RecordedRun) => `${run.control}\n${run.model}`;
  const known = Map.groupBy(recorded, labelled);
  const numbers = total(
    runs.map((run) => sameNumbers(run.evidence, known.get(labelled(run))?.shift()?.evidence)),
  );
  return {
    id,
    statement,
    verdict,
    reason,
    numbers,
    pictures: figures.flatMap(broken ? drawIfPossible : drawLive),
  };
}

/** Of broken models there may be nothing to draw. */
function drawIfPossible(figure: ClaimRecord["figures"][number]): LivePicture[] {
  try {
    return [drawLive(figure)];
  } catch {
    return [];
  }
}

/** A figure as a page shows it. */
export function drawLive(figure: ClaimRecord["figures"][number]): LivePicture {
  const { title, caption } = figure;
  return { figure: { title, caption }, charts: drawFigure(figure) };
}
