import { GLOSSARY, type Term } from "./glossary.ts";

/** The fragment that a term of the glossary has on the page: `term-residual-stream`. */
export function termAnchor({ term }: Pick<Term, "term">): string {
  return `term-${term.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
}

/** What is no running text: code, links with their targets, references. */
const APART = /```[\s\S]*?```|`[^`]*`|\[[^\]]*\]\([^)]*\)|\[[^\]]*\]/g;

/**
 * Markdown in which each term of the glossary is a link where it first stands.
 *
 * @param linked The terms that were linked before, in the same answer; those linked now are added.
 */
export function linkTerms(text: string, linked: Set<string>): string {
  const apart = [...text.matchAll(APART)];
  const ends = apart.map((match) => match.index + match[0].length);
  const running = [0, ...ends].map((start, i) => text.slice(start, apart[i]?.index));
  return running.map((part, i) => linkIn(part, linked) + (apart[i]?.[0] ?? "")).join("");
}

function linkIn(text: string, linked: Set<string>): string {
  return text.replace(ANY, (word) => {
    const term = termOf(word);
    if (linked.has(term.term)) return word;
    linked.add(term.term);
    return `[${word}](#${termAnchor(term)})`;
  });
}

/** The terms of the glossary that stand in a text. */
export function termsIn(text: string): Set<string> {
  return new Set([...text.matchAll(ANY)].map(([word]) => termOf(word).term));
}

const FORMS = new Map(
  GLOSSARY.flatMap((term) =>
    [term.term, ...term.also ?? []].flatMap((form) => [form, plural(form)])
      .map((form) => [form.toLowerCase(), term] as const)
  ),
);

/** Any form of any term as a word of its own, the longest first. */
const ANY = new RegExp(
  String.raw`(?<![\p{L}\p{Nd}_-])(?:` +
    [...FORMS.keys()].sort((a, b) => b.length - a.length).join("|") +
    String.raw`)(?![\p{L}\p{Nd}_]|-\p{L})`,
  "giu",
);

function termOf(word: string): Term {
  return FORMS.get(word.toLowerCase())!;
}

function plural(word: string): string {
  return word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
}
