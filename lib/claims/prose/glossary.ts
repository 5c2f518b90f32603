/** A term of the field, and what it means in a sentence or two. */
export interface Term {
  /** As it is written, such as "residual stream". */
  readonly term: string;
  /** In plain words, a sentence or two. */
  readonly means: string;
  /** Other forms that stand for it, such as a plural that is not made by adding an s. */
  readonly also?: readonly string[];
}

/** The terms that answers use. Where one first stands in an answer, the page links it to its meaning. */
export const GLOSSARY: readonly Term[] = [
  {
    term: "ablation",
    also: ["ablate", "ablated", "ablating"],
    means: "Taking a part out of a model, to see what changes without it. What takes its place " +
      "matters: zeros, its average, or what it gave on another text.",
  },
  {
    term: "ALiBi",
    means: "A way to tell distance: each head lowers the score of a token in proportion to how " +
      "far back it stands, some heads steeply, some gently. Nothing is added to the stream.",
  },
  {
    term: "attention",
    means: "The part of a layer that moves information between tokens: each position reads a " +
      "weighted mean of what it and the positions before it offer.",
  },
  {
    term: "attention sink",
    means: "A place, mostly the first token, that takes up the attention of a head which has " +
      "nothing better to look at.",
  },
  {
    term: "bigram",
    means: "Two tokens in a row. A bigram table says how often each token follows each other one.",
  },
  {
    term: "causal mask",
    means: "What keeps a position from attending to any that comes after it.",
  },
  {
    term: "context window",
    also: ["window"],
    means: "The largest number of tokens at once that a model was made or trained for.",
  },
  {
    term: "direct logit attribution",
    means: "How much of a token's logit a part of the model has written into the stream itself.",
  },
  {
    term: "duplicate-token head",
    means: "A head that looks back to earlier copies of the token that it stands at.",
  },
  {
    term: "embedding",
    means: "The table that gives each token of the vocabulary its first vector.",
  },
  {
    term: "head",
    also: ["attention head"],
    means:
      "One of several attentions that run side by side in a layer, each with queries, keys and " +
      "values of its own.",
  },
  {
    term: "induction head",
    means:
      "A head that looks for what followed the last time that the present token was there, and " +
      "predicts that it comes again.",
  },
  {
    term: "K-composition",
    means: "That a head's keys are made in part from what an earlier head has written.",
  },
  {
    term: "key",
    means: "What a position offers to be found by: a head compares each query with all keys.",
  },
  {
    term: "KV cache",
    means:
      "The keys and values of the tokens so far, kept so that the next token need not compute " +
      "them again.",
  },
  {
    term: "LayerNorm",
    means: "Takes a vector's mean away and divides it by its standard deviation, before a layer " +
      "reads it.",
  },
  {
    term: "logit",
    means: "The score that a model gives to a token as the next one, before softmax turns scores " +
      "into probabilities.",
  },
  {
    term: "loss",
    means:
      "How badly the token that came was predicted: minus the logarithm of its probability, in " +
      "nats.",
  },
  {
    term: "MLP",
    means: "Two matrices with a nonlinear function between them, applied to the vector of each " +
      "position alone.",
  },
  {
    term: "nat",
    means:
      "The unit of a loss with natural logarithms: one nat more, and the token that came was " +
      "2.7 times less likely.",
  },
  {
    term: "NTK scaling",
    also: ["NTK-aware"],
    means:
      "Making a rotary model's slow rotations slower for a longer window, and leaving the fast " +
      "ones nearly as they are.",
  },
  {
    term: "pattern",
    also: ["attention pattern"],
    means:
      "A head's weights: how much each position looks at each other one. Every row adds up to " +
      "one.",
  },
  {
    term: "perplexity",
    means:
      "The exponential of the mean loss: among how many equally likely tokens the model might " +
      "as well have been guessing.",
  },
  {
    term: "positional encoding",
    means:
      "What tells a model where a token stands: a vector added to it, a rotation of queries and " +
      "keys, or a penalty for distance.",
  },
  {
    term: "previous-token head",
    means: "A head that looks at the token right before the one that it stands at.",
  },
  {
    term: "query",
    also: ["queries"],
    means: "What a position asks for: a head compares it with its own key and all before it.",
  },
  {
    term: "residual stream",
    also: ["stream"],
    means:
      "The vector of each position that runs through all layers: each reads it and adds what it " +
      "has found.",
  },
  {
    term: "rotary positions",
    also: ["rotary"],
    means:
      "A way to tell distance: pairs of numbers in queries and keys are turned by angles that " +
      "grow with the position, so that scores depend on how far apart two tokens are.",
  },
  {
    term: "skip-trigram",
    means: "Three tokens of which the last two stand side by side and the first anywhere before: " +
      "what one layer of attention can learn.",
  },
  {
    term: "softmax",
    means:
      "Turns scores into weights that add up to one: the exponential of each over the sum of " +
      "all.",
  },
  {
    term: "superposition",
    means:
      "Keeping more features than there are dimensions, as directions that are not all at right " +
      "angles.",
  },
  {
    term: "token",
    means: "A piece of text that the model reads as one: here a word or a part of one.",
  },
  {
    term: "unembedding",
    means: "The matrix that turns the last vector of the stream into a logit for every token.",
  },
  {
    term: "value",
    means: "What a position passes on to those that attend to it.",
  },
  {
    term: "vocabulary",
    means: "All tokens that a model knows.",
  },
];
