import type { CardFigure, Tokenizer } from "../../model/mod.ts";
import { textBatches } from "./batches.ts";
import type { Corpus } from "./corpus.ts";
import { evaluate, evaluationRows, type Losses, type Score } from "../evaluate.ts";
import { trigram } from "./kneser_ney.ts";
import { bigram, scoreNgram, uniform } from "./ngrams.ts";
import type { Recipe, TrainingData } from "../recipe.ts";
import { tokenizeAll, type TokenizedText } from "./tokenizer.ts";

/** A corpus, its tokens, and what they were made with. */
export interface Books {
  readonly corpus: Corpus;
  readonly tokenizer: Tokenizer;
  readonly training: readonly TokenizedText[];
  readonly heldOut: readonly TokenizedText[];
}

/** A corpus with the tokens of its texts. */
export function tokenizedBooks(corpus: Corpus, tokenizer: Tokenizer): Books {
  return {
    corpus,
    tokenizer,
    training: tokenizeAll(corpus.training, tokenizer),
    heldOut: tokenizeAll(corpus.heldOut, tokenizer),
  };
}

/** Rows scored at once: memory, not results, depends on it. */
const SCORED_AT_ONCE = 16;

/** Windows of text to learn from, and loss on held-out texts to be judged by. */
export function textData(books: () => Promise<Books>): Recipe["data"] {
  return async (recipe) => textDataOf(await books(), recipe);
}

/** The same, of books that are already there. */
export function textDataOf(books: Books, { config, batch, seed }: Recipe): TrainingData {
  const texts = books.training.map(({ tokens }) => tokens);
  return {
    batches: textBatches(texts, { batch, length: config.n_ctx, seed: `text/${seed}` }),
    sources: books.corpus.data,
    score: (losses) => scoreText(books, losses, config.n_ctx),
  };
}

/** Held-out loss in nats per character: the model's, and of simpler models of the same tokens. */
async function scoreText(books: Books, losses: Losses, length: number): Promise<CardFigure[]> {
  const { heldOut, tokenizer, training } = books;
  const rows = evaluationRows(heldOut, length);
  const model = await evaluate(rows, losses, { tokenizer, batch: SCORED_AT_ONCE });
  const simple = [trigram(training, tokenizer.size), bigram(training, tokenizer.size)];
  const figure = (name: string, { perCharacter: value }: Score): CardFigure => {
    return { label: `held-out loss, ${name}`, value, unit: "nats per character" };
  };
  return [
    figure("model", model),
    ...[...simple, uniform(tokenizer.size)].map((ngram) =>
      figure(ngram.name, scoreNgram(ngram, heldOut, tokenizer))
    ),
    { label: "held-out loss, model", value: model.perToken, unit: "nats per token" },
  ];
}
