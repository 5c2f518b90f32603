/**
 * What others have published of GPT-2 small (Radford et al., 2019), for whoever has its weights. None
 * of it is among the project's own measurements: those weights are not here.
 */
import { gpt2Small as config } from "../../model/mod.ts";
import { headsFigure, numberFigure, textFigure } from "./figures.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import {
  type Choice,
  greedyText,
  lossOfText,
  meanLogitDifference,
  parametersOf,
  rankedHeads,
} from "./measures.ts";

/** `<|endoftext|>`, with which TransformerLens begins every text. */
const BEGIN = [50_256];

const REPEATS = { block: 50, rows: 10, begin: BEGIN };

const at = (title: string, repository: string, path: string): LedgerEntry["source"] => ({
  title,
  url: `https://github.com/${repository}/blob/${path}`,
});

const LENS = "TransformerLensOrg/TransformerLens";

const parameters = numberFigure({
  id: "parameters",
  what:
    "Numbers that were learned. The paper says 117M, which OpenAI has since corrected to 124M; " +
    "to the last digit it is what the sizes in config.json come to.",
  published: 124_439_808,
  within: 0,
  source: at(
    "OpenAI, GPT-2's README: the first counts were wrong",
    "openai/gpt-2",
    "master/README.md",
  ),
  measure: parametersOf,
});

const loss = numberFigure({
  id: "loss",
  what:
    'The mean loss on "Hello world!" behind <|endoftext|>, in nats. TransformerLens\'s own test ' +
    "allows as much, and only above.",
  published: 5.331855773925781,
  within: 4e-5,
  source: at(
    "TransformerLens, test_hooked_transformer.py, loss_store",
    LENS,
    "02e4e5def157e5ce492de277b394fe99b3371b99/tests/acceptance/test_hooked_transformer.py",
  ),
  measure: (model) => lossOfText(model, "Hello world!", BEGIN),
});

/** Each prompt with one name said twice, and again with the other. */
const FORMATS = [
  ["When John and Mary went to the shops,{} gave the bag to", " Mary", " John"],
  ["When Tom and James went to the park,{} gave the ball to", " Tom", " James"],
  ["When Dan and Sid went to the shops,{} gave an apple to", " Dan", " Sid"],
  ["After Martin and Amy went to the park,{} gave a drink to", " Martin", " Amy"],
];

/** The eight prompts, in the demo's order. */
export const CHOICES: readonly Choice[] = FORMATS.flatMap(([format, a, b]) =>
  [[a, b], [b, a]].map(([right, wrong]) => ({ prompt: format.replace("{}", wrong), right, wrong }))
);

const logitDifference = numberFigure({
  id: "ioi",
  what: "Indirect objects: the logit of the right name less that of the wrong one, the mean over " +
    "the eight prompts of TransformerLens's demo. Wang et al. (2022) report 3.56, over 100,000 " +
    "prompts of their own.",
  published: 3.552075147628784,
  within: 1e-3,
  source: at(
    "TransformerLens, Exploratory Analysis Demo",
    LENS,
    "00f50deb407c2655ab3fabb50d2e9497565577f7/demos/Exploratory_Analysis_Demo.ipynb",
  ),
  measure: (model) => meanLogitDifference(model, CHOICES, BEGIN),
});

const inductionHeads = headsFigure({
  id: "induction-heads",
  what:
    "Induction heads: those with the most attention on what followed the same token before, on " +
    "ten rows of 50 random tokens said twice. Which tokens were drawn is not published.",
  published: ["5.1", "5.5", "6.9", "7.2", "7.10"],
  source: {
    title: "ARENA 2.0, chapter 1, part 2, solutions: on the induction score by head",
    url: "https://github.com/callummcdougall/ARENA_2.0",
  },
  rank: (model) => rankedHeads(model, "induction", REPEATS),
});

const previousTokenHead = headsFigure({
  id: "previous-token-head",
  what:
    'A previous-token head, which attends "primarily to the previous token", on the same rows: ' +
    "the share of its attention there. The paper names 2.2 beside it.",
  published: ["4.11"],
  above: 0.5,
  source: {
    title: "Wang et al. (2022), Interpretability in the Wild, section 3.3 and appendix H",
    url: "https://arxiv.org/abs/2211.00593",
  },
  rank: (model) => rankedHeads(model, "previous", REPEATS),
});

const continuation = textFigure({
  id: "continuation",
  what:
    "What it goes on with, the likeliest token each time, up to 20 tokens with the prompt's, and " +
    "with no token before them.",
  published: "Hello, my dog is a little bit of a mess. I'm not sure if he's going",
  source: at(
    "Transformers, test_modeling_gpt2.py, test_batch_generation",
    "huggingface/transformers",
    "main/tests/models/gpt2/test_modeling_gpt2.py",
  ),
  measure: (model) => greedyText(model, "Hello, my dog is a little", 20),
});

/** GPT-2 small, by the weights that `openai-community/gpt2` has. */
const gpt2SmallLedger: Ledger = {
  name: "GPT-2 small",
  config,
  weights: "248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707",
  entries: [parameters, loss, logitDifference, inductionHeads, previousTokenHead, continuation],
};

export default gpt2SmallLedger;
