/** Records for the tests of the report, shaped as the runner writes them. */
import type {
  Chart,
  ClaimRecord,
  QuestionRecord,
  RunRecord,
  SuggestionRecord,
} from "../../claims/mod.ts";
import type { ClaimView } from "../document/claim_view.ts";
import { illustration, ILLUSTRATIONS } from "./illustrations.ts";
import type { Draw } from "../document/drawn.ts";
import { type Document, makeDocument, type Question, type RunInfo } from "../document/document.ts";

/** The id of the run that the samples belong to. */
export const RUN_ID = "sample-run";

/** A sound run of a subject, with what is given changed. */
export function run(changed: Partial<RunRecord> = {}): RunRecord {
  return {
    model: "gpt",
    origin: "trained",
    role: "subject",
    verdict: "holds",
    asExpected: true,
    evidence: { others: 0, self: 1.25 },
    seconds: 0.5,
    ...changed,
  };
}

/** A run of a control that failed as it should, with what is given changed. */
export function control(changed: Partial<RunRecord> = {}): RunRecord {
  return run({
    role: "control",
    control: "an MLP that mixes in its left neighbour",
    verdict: "fails",
    reason: "the others moved: expected exactly 0, got 0.0123",
    evidence: { others: 0.0123, self: 1.25 },
    ...changed,
  });
}

/** A family of random models, each with its own run. */
export function family(size: number, changed: Partial<RunRecord> = {}): RunRecord[] {
  return Array.from({ length: size }, (_, i) =>
    run({
      model: `random ${i + 1} (${["learned", "rotary", "alibi"][i % 3]})`,
      family: "random transformers",
      origin: "random",
      evidence: { others: 0, self: 0.5 + i / 10, layers: 1 + i % 3 },
      seconds: 0.01,
      ...changed,
    }));
}

/** A claim that holds on a model and a family and whose control failed on both. */
export function claim(changed: Partial<ClaimRecord> = {}): ClaimRecord {
  const { model: _, ...asControl } = control();
  return {
    id: "mlp-is-local",
    statement: "an MLP's output at one position ignores every other position",
    kind: "identity",
    direction: "claim",
    reach: "any weights",
    sources: [],
    verdict: "holds",
    controls: [{
      name: "an MLP that mixes in its left neighbour",
      description: "sabotage: a hundredth of the left neighbour is added to what the MLP reads",
    }],
    runs: [run(), ...family(6), control(), ...family(6, asControl)],
    figures: [figure("lines")],
    ...changed,
  };
}

/** A question that stands, with one claim. */
export function question(changed: Partial<QuestionRecord> = {}): QuestionRecord {
  return {
    run: RUN_ID,
    file: "spec/10_mlp_moves_nothing_test.ts",
    number: 10,
    question: "Why can't an MLP layer move information between tokens?",
    notes: "open",
    standing: "answered here",
    lit: ["mlp"],
    verdict: "holds",
    short: "Because it is applied to each position alone.",
    parts: answered(
      "It is applied to each position alone: nudging one position moved the others by " +
        "[0](#10-mlp-is-local) and itself by at least [0.5](#10-mlp-is-local).",
    ),
    wouldChange: "A trained model in which [the others](#10-mlp-is-local) move.",
    sources: [{
      title: "A Mathematical Framework for Transformer Circuits",
      authors: "Elhage et al.",
      year: 2021,
      url: "https://transformer-circuits.pub/2021/framework/index.html",
    }],
    models: [
      { name: "gpt", origin: "trained", about: "four layers on English prose" },
      { name: "random transformers", origin: "random", about: "small ones", size: 6 },
    ],
    claims: [claim()],
    problems: [],
    ...changed,
  };
}

/** Something to break that the sample claim notices. */
export function suggestion(changed: Partial<SuggestionRecord> = {}): SuggestionRecord {
  return {
    sabotages: ["leaky-mlp:0.5"],
    name: "a leaky MLP",
    description: "Each position gets 0.5 times its left neighbour added.",
    notice: ["mlp-is-local"],
    stand: [],
    why: "What it reads is no longer its own, and no [logit](#term-logit) is.",
    ...changed,
  };
}

/** An answer of one paragraph, about the sample claim. */
export function answered(text: string): QuestionRecord["parts"] {
  return [{ paragraphs: [{ kind: "say", text, claims: ["mlp-is-local"] }] }];
}

/** The document of some questions; its charts are empty unless they are what is tested. */
export function document(
  questions: readonly Question[] = [question()],
  info: Partial<RunInfo> = {},
  draw: Draw = () => ({ wide: "<svg></svg>", narrow: "<svg></svg>" }),
): Document {
  const tool = { deno: "2.9.6", onnxruntime: "1.30.0" };
  const files = { run: questions.length, found: questions.length };
  return makeDocument(questions, { tool, files, problems: [], ...info }, draw);
}

/** The document of the sample question, with what is given of its claim and of itself changed. */
export function documentOf(
  changed: Partial<ClaimRecord>,
  asked: Partial<QuestionRecord> = {},
): Document {
  return document([question({ claims: [claim(changed)], ...asked })]);
}

/** The sample claim, with what is given changed, as a document shows it. */
export function view(changed: Partial<ClaimRecord>): ClaimView {
  return documentOf(changed).questions[0].views[0];
}

/** Every kind of figure. */
export const FIGURE_KINDS = ["lines", "bars", "dots", "heatmap"] as const;

/** A small figure of each kind. */
export function figure(kind: Chart["kind"]): Chart {
  const labels = {
    title: `How far a nudge reaches, as ${kind}`,
    caption: "The nudged position moves and no other does.",
    x: { label: "position", unit: "tokens" },
    y: { label: "moved by" },
  };
  const cells = [0, 1, 2].flatMap((x) =>
    [0, 1, 2].map((y) => ({ x, y, value: x === y ? 1.5 : 0 }))
  );
  if (kind === "heatmap") {
    return { kind, ...labels, y: { label: "nudged" }, value: { label: "moved by" }, rows: cells };
  }
  const rows = ["sound", "sabotaged"].flatMap((series, s) =>
    Array.from({ length: 8 }, (_, x) => ({ x, y: s * 0.5 + x / 4, series }))
  );
  return { kind, ...labels, rows, reference: [{ y: 1, label: "chance" }] };
}

/** Fields of a record that are no text of an author's. */
const FIXED = ["run", "file", "id", "kind", "direction", "role", "reach", "verdict", "url"];

/** A question of which every text tries to break out of its place, and has what is given in it. */
export function hostile(more = ""): QuestionRecord {
  const evil = `</pre></details><script>alert("1")</script><img src=x onerror=alert(2)>| \`a|b\` ` +
    "[x](javascript:alert(3)) ![p](https://evil.example/p.png) $& \n\n# taken\n\n```\n'\"&lt;" +
    more;
  const runs = [
    run({ reason: "", evidence: { [evil]: "" } }),
    control({ family: "", asExpected: false }),
  ];
  const charts = FIGURE_KINDS.map((kind) => {
    const rows = figure(kind).rows.map((row) => ({ ...row, x: String(row.x) }));
    return { ...figure(kind), rows };
  });
  const figures = [...charts, ...ILLUSTRATIONS.map(illustration)];
  const kinds = ["say", "caveat", "aside"] as const;
  const paragraphs = kinds.map((kind) => ({ kind, text: "", claims: ["mlp-is-local"] }));
  const tame = question({
    parts: [{ title: "", short: "", paragraphs }],
    sources: [{ title: "", authors: "", year: 2021, url: `javascript:${evil}`, id: evil }],
    problems: [""],
    suggestions: [suggestion()],
    claims: [claim({ reason: "", runs, figures })],
  });
  const all = JSON.parse(
    JSON.stringify(tame),
    (name, value) => typeof value === "string" && !FIXED.includes(name) ? evil + value : value,
  );
  return { ...all, lit: tame.lit };
}
