import { claimAnchor, letters } from "../../claims/names.ts";
import type { ClaimRecord, RunRecord } from "../../claims/mod.ts";
import { type Margin, margins } from "./margin.ts";
import { measured } from "./measured.ts";
import { findings } from "./findings.ts";
import { type ControlView, type Group, viewControlFigure } from "./control_view.ts";
import type { Draw } from "./drawn.ts";
import { type Picture, viewFigure } from "./picture.ts";

/** A claim with its runs gathered by what they were run on. */
export interface ClaimView extends ClaimRecord {
  /** The spec file, from the project's root. */
  readonly file: string;
  /** By which the answer refers to it. */
  readonly letter: string;
  /** Unique in the document: what references in the answer link to. */
  readonly anchor: string;
  /** The models that it is about. */
  readonly subjects: readonly Group[];
  /** What it must be told apart from. */
  readonly controlViews: readonly ControlView[];
  /** How much room there is between what was measured, the bounds and the controls. */
  readonly margins: readonly Margin[];
  /** Its pictures. */
  readonly pictures: readonly Picture[];
}

/** What the parts of one document are made with. */
export interface Making {
  /** Gives each place in the document a name of its own. */
  readonly unique: (name: string) => string;
  /** Draws its figures. */
  readonly draw: Draw;
}

/** Where a claim stands: the place among those of its question. */
export interface Stand {
  readonly file: string;
  readonly number: number;
  readonly place: number;
}

/** The claim at a place among those of a question. */
export function viewClaim(
  claim: ClaimRecord,
  { file, number, place }: Stand,
  { unique, draw }: Making,
): ClaimView {
  const anchor = unique(claimAnchor(number, claim.id));
  const controlViews = viewControls(claim, anchor, { unique, draw });
  const last = claim.figures.length - 1;
  return {
    ...claim,
    file,
    anchor,
    letter: letters(place),
    subjects: gather(claim.runs.filter((run) => run.role === "subject")),
    controlViews,
    margins: margins(claim),
    pictures: claim.figures.map((figure, i) => ({
      ...viewFigure(figure, unique(`${anchor}-figure-${i + 1}`), draw),
      ...i === last && { controls: controlViews },
    })),
  };
}

/** Controls that were declared, whether they were run or not, and then any that were only run. */
function viewControls(claim: ClaimRecord, anchor: string, { unique, draw }: Making): ControlView[] {
  const { controls, runs, figures: sound } = claim;
  const ran = Map.groupBy(runs.filter((run) => run.role === "control"), (run) => run.control ?? "");
  const declared = new Map(controls.map((control) => [control.name, control]));
  return [...new Set([...declared.keys(), ...ran.keys()])].map((name, place) => {
    const { description = "", figures = [], standsIn, undrawn } = declared.get(name) ?? {};
    const own = ran.get(name) ?? [];
    const stem = `${anchor}-control-${place + 1}-figure`;
    return {
      ...{ name, description, groups: gather(own), ...standsIn === undefined ? {} : { standsIn } },
      unseen: undrawn !== undefined,
      findings: findings({ ...claim, runs: own.map((run) => ({ ...run, role: "subject" })) }),
      pictures: figures.map((figure, i) => {
        const beside = sound.find(({ title }) => title === figure.title);
        const where = { control: name, anchor: unique(`${stem}-${i + 1}`), beside };
        return viewControlFigure(figure, where, draw);
      }),
    };
  });
}

function gather(runs: readonly RunRecord[]): Group[] {
  const groups = Map.groupBy(runs, (run) => run.family ?? run.model);
  return [...groups].map(([name, members]) => ({
    name,
    family: members[0].family !== undefined,
    runs: members,
    measured: measured(members),
  }));
}
