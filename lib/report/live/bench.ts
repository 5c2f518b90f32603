import { named } from "../../claims/draw.ts";
import type { PlannedClaim } from "../../claims/plan.ts";
import type { ClaimRecord, Figure } from "../../claims/mod.ts";
import { chosenSabotage } from "../../model/sabotages/catalogue.ts";
import type { Chosen } from "../../model/sabotages/chosen.ts";
import { drawFigure } from "../charts/chart.ts";
import { findings } from "../document/findings.ts";
import type { Measured } from "../document/margin.ts";
import type { LiveClaim, LivePicture, Offer, Recorded, RecordedRun, Reply } from "./messages.ts";
import { offersTo, readersFor } from "./offers.ts";
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
    return offersTo((await this.#questionIn(file)).claims);
  }

  /** Who may read a text, those first that the claims of a file are about. */
  async readers(file: string, readers: Parameters<typeof readersFor>[1]): Promise<string[]> {
    return readersFor((await this.#questionIn(file)).claims, readers);
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
    if (sabotage) this.#say({ kind: "breaking", description: sabotage.description });
    for (const { id, statement, again } of claims) {
      const { steps, record } = again(sabotage);
      for (const [done, { name, run }] of steps.entries()) {
        this.#say({ kind: "progress", claim: id, statement, step: name, done, of: steps.length });
        await run();
        await breath();
      }
      this.#say({
        kind: "claim",
        claim: liveClaim(await record(), recorded[id], !!sabotage),
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
  claim: ClaimRecord,
  recorded: Recorded[string] | undefined,
  broken: boolean,
): LiveClaim {
  const { id, statement, direction, verdict, reason, runs, figures } = claim;
  const labelled = (run: RecordedRun) => `${run.control}\n${run.model}`;
  const known = Map.groupBy(recorded?.runs ?? [], labelled);
  const inReport = ({ title }: Figure) =>
    recorded?.figures.find((figure) => figure.title === title);
  const numbers = total(
    runs.map((run) => sameNumbers(run.evidence, known.get(labelled(run))?.shift()?.evidence)),
  );
  return {
    ...{ id, statement, direction, verdict, reason },
    findings: findings(claim, broken ? soundRuns(recorded) : []),
    numbers,
    pictures: figures.flatMap((figure) =>
      broken ? drawIfPossible(named(figure, "broken"), inReport(figure)) : drawLive(figure)
    ),
  };
}

/** What the report has of the models that a claim is about. */
function soundRuns(recorded: Recorded[string] | undefined): Measured[] {
  return (recorded?.runs ?? []).filter(({ control }) => control === undefined)
    .map((run) => ({ ...run, role: "subject", verdict: "holds" }));
}

/** Of broken models there may be nothing to draw. */
function drawIfPossible(figure: Figure, beside?: Figure): LivePicture[] {
  try {
    return [drawLive(figure, beside)];
  } catch {
    return [];
  }
}

/** A figure as a page shows it: on the scales of the report's own where it is to stand beside that. */
export function drawLive(figure: Figure, beside?: Figure): LivePicture {
  const { title, caption } = figure;
  return { figure: { title, caption }, charts: drawFigure(figure, beside) };
}
