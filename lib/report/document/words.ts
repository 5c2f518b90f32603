import type { ClaimRecord, Kind, Reach, RunRecord, Verdict } from "../../claims/mod.ts";

/** Of the page. */
export const TITLE = "How decoder-only transformers work";

/** What it is, in two sentences. */
export const LEAD =
  "Questions about decoder-only transformers, each answered by claims that were just " +
  "checked by running real models. Every claim was also run on controls, such as models broken on " +
  "purpose, where it must come out the other way, and every measured number in an answer comes " +
  "from this run, or, where it says so, from the card of a trained model: what was noted when it was " +
  "trained. What is said of models that other people trained, or of papers, is not part of this run " +
  "and says so.";

/** Every verdict with its sign and what it means, from best to worst. */
export const VERDICTS: readonly { verdict: Verdict; sign: string; meaning: string }[] = [
  {
    verdict: "holds",
    sign: "✓",
    meaning:
      "The claim is true of every model that it is about, and false on every control: a model " +
      "broken on purpose, another model, or a measurement made wrong on purpose.",
  },
  {
    verdict: "refuted",
    sign: "✓",
    meaning: "The claim is a wrong belief. It is false of every model that it is about, as it " +
      "should be, and true on every control, so that the check could have said yes: just as good.",
  },
  {
    verdict: "fails",
    sign: "✗",
    meaning: "The claim is false of at least one model that it is about.",
  },
  {
    verdict: "not trusted",
    sign: "?",
    meaning: "A control did not come out as it must, so the check cannot tell right from wrong " +
      "and its result means nothing.",
  },
  {
    verdict: "broken",
    sign: "!",
    meaning: "Something went wrong other than the claim: an error was thrown, the run was cut " +
      "short, or the spec itself is at fault.",
  },
  {
    verdict: "not applicable",
    sign: "–",
    meaning: "No model here fits it, for the reason given.",
  },
];

/** What it means that something stands. */
export const STANDING = "A claim stands where its verdict is holds, refuted or not applicable. A " +
  "question stands where all of its claims do, at least one applies, and nothing is wrong with the " +
  "answer itself; its verdict is the worst of theirs.";

/** Who the models are, above their table. */
export const MODELS =
  "The models that claims were asked of. Trained ones were trained here, from nothing, " +
  "whatever their names recall: learned/2 is the recipe learned, trained with seed 2, the number " +
  "that all chance in training follows from. Random ones never learned anything; built ones were " +
  "put together by hand, or changed on purpose.";

/** Said of the models before the first question, after their name. */
export const WHOM =
  "whom the claims ask, are at the end: small transformers, trained here for this " +
  "or never trained. Where two seeds are named, two models were trained alike but for chance; " +
  "held-out texts are those that no model was trained on. Where GPT-2 small is named, its published sizes are meant; it was not run.";

/** Above the table of models that were changed. */
export const CHANGED = "Those that were changed on purpose";

/** Said where only those that were trained are listed, since there are many others. */
export const OTHERS_ELSEWHERE =
  "Those that are random, built or changed on purpose are in `index.html` and `answers.json`.";

/** What an answer's marks and units mean; on the page, what is a link of ours is dotted. */
export function marksSentence(mark: "dotted" | "linked"): string {
  const word = mark === "dotted" ? "shows" : "leads to";
  return `In an answer, a ${mark} number or a letter in brackets leads to the claim it comes from, ` +
    `a ${mark} word ${word} what it means. ` +
    "Losses are in nats: 0 is certain; guessing blindly among n words costs ln n.";
}

/** Under the schematic at the head of an answer. */
export const SCHEMATIC =
  "Where the answer lies, lit, in a transformer: a lane for each token, read from below; the dashed " +
  "frame is one layer of several.";

/** Above the claims that an answer rests on: how to read their lines. */
export const MARGINS = "On the lines below, a dot is what was measured on a model, a tick is the " +
  "bound, the thick part is where dots must lie for the claim to hold, and a ring is the nearest control beyond it. " +
  "Where values span decades, each step to the right is a multiplication, and zero is at the left end.";

/** What the contents say of the pages, where these can run their claims. */
export const BENCH =
  "On the page of each question its claims can be run in your browser, on the models " +
  "as they are or on models that you break, and a model reads a sentence of yours.";

/** What leads to where a question's claims are run. */
export const RUN_IT = "run it, break it";

/** Above the glossary. */
export const GLOSSARY_LEAD = "The field's words, as they are meant here.";

/** How far each claim goes. */
export const REACHES: Readonly<Record<Reach, string>> = {
  "any weights":
    "it follows from how a transformer is wired, or one built model shows that it is possible",
  "these models": "it was measured on the models named, and may be otherwise elsewhere",
  "reported at scale": "it was measured here, and papers report the same of large models",
};

/** What each kind of claim says of itself. */
export const KINDS: Readonly<Record<Kind, string>> = {
  identity: "true for any weights, so it is checked on many random models",
  empirical: "measured on the trained models named, and about them",
  construction: "one model built by hand shows that it is possible",
};

/** The sign of a verdict, so that colour is never the only difference. */
export function signOf(verdict: Verdict): string {
  return VERDICTS.find((entry) => entry.verdict === verdict)!.sign;
}

/** A verdict as what is said of a question, which is none to hold or to be refuted. */
export function ofQuestion(verdict: Verdict): string {
  return verdict === "holds" || verdict === "refuted" ? "all claims stand" : verdict;
}

/** What is said before the statement of a wrong belief, which must not be read as true. */
export function prefixOf({ direction }: Pick<ClaimRecord, "direction">): string {
  return direction === "refuted" ? "Wrong belief: " : "";
}

/** How a run came out and, where that needs saying, whether it should have. */
export function outcome({ role, verdict, asExpected }: RunRecord): string {
  if (verdict === "not applicable") return "does not apply";
  if (verdict === "broken") return "threw an error";
  const did = verdict === "holds" ? "held" : "failed";
  if (!asExpected) return `${did}, and should not have`;
  return role === "control" ? `${did}, as it should` : did;
}

/** How our answer stands to the learner's notes, in a sentence or two. */
export function notesSentence(notes: string, standing: string): string {
  if (standing === "") return "There is no answer to compare with the notes.";
  if (notes === "open") {
    return `Notes taken while learning ask this and give no answer. It is ${standing}.`;
  }
  const said = notes.replace(/[.\s]+$/, "");
  const found = standing.replace(" with a caveat", ", with a caveat");
  return `Notes taken while learning say: ${said}. Checked here: ${found}.`;
}
