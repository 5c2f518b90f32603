import type { Card, CardFigure } from "../model/mod.ts";
import { max, maxAbs, maxDifference, type Tensor } from "../tensor/mod.ts";
import { parseCard } from "../model/files/card.ts";
import { readSafetensors } from "../model/files/safetensors.ts";
import type { ModelFiles } from "../training/finish.ts";

/**
 * In what a trained model's files differ from the committed ones, line by line; nothing where they
 * are the same but for the seconds that the training took.
 */
export function fixtureDifferences(found: ModelFiles, committed: ModelFiles): string[] {
  const cards = [found, committed].map((files) => parseCard(JSON.parse(text(files["card.json"]))));
  return [
    ...weightDifferences(found["model.safetensors"], committed["model.safetensors"]),
    ...text(found["config.json"]) === text(committed["config.json"])
      ? []
      : ["config.json is another one"],
    ...cardDifferences(cards[0], cards[1]),
  ];
}

/** How far apart two sets of weights are at most, in their own unit and in shares of a tensor. */
function weightDifferences(found: Uint8Array, committed: Uint8Array): string[] {
  if (sameBytes(found, committed)) return [];
  const [there, here] = [committed, found].map((bytes) => readSafetensors(bytes).tensors);
  if (shapes(there) !== shapes(here)) return ["the weights have other names or shapes"];
  const apart = [...there].map(([name, tensor]) => {
    const most = maxDifference(here.get(name)!, tensor);
    return { name, most, share: most / (maxAbs(tensor) || 1) };
  });
  const widest = apart.reduce((a, b) => b.most > a.most ? b : a);
  const worst = apart.reduce((a, b) => b.share > a.share ? b : a);
  return [
    `weights: at most ${short(widest.most)} apart, in ${widest.name}`,
    `weights: at most ${short(worst.share)} of a tensor's largest apart, in ${worst.name}`,
  ];
}

/** Compared on their own below, following from something else, or different each time. */
const APART: readonly string[] = ["loss_curve", "figures", "weights_sha256", "seconds"];

function cardDifferences(found: Card, committed: Card): string[] {
  const fields = Object.keys({ ...committed, ...found }) as (keyof Card)[];
  return [
    ...fields
      .filter((field) => !APART.includes(field))
      .filter((field) => JSON.stringify(found[field]) !== JSON.stringify(committed[field]))
      .map((field) => `card.json: another ${field}`),
    ...curveDifferences(found.loss_curve, committed.loss_curve),
    ...figureDifferences(found.figures, committed.figures),
  ];
}

function curveDifferences(found: Card["loss_curve"], committed: Card["loss_curve"]): string[] {
  const steps = (curve: Card["loss_curve"]) => curve.map(([step]) => step).join();
  if (steps(found) !== steps(committed)) return ["card.json: its loss_curve has other steps"];
  const most = max(found.map(([, loss], i) => Math.abs(loss - committed[i][1])));
  return most === 0 ? [] : [`training loss: at most ${short(most)} apart`];
}

function figureDifferences(
  found: readonly CardFigure[],
  committed: readonly CardFigure[],
): string[] {
  const key = ({ label, unit }: CardFigure) => `${label}, in ${unit}`;
  const [here, there] = [found, committed].map((figures) =>
    new Map(figures.map((figure) => [key(figure), figure.value]))
  );
  return [...new Set([...there.keys(), ...here.keys()])].flatMap((name) => {
    const [value, before] = [here.get(name), there.get(name)];
    if (value === before) return [];
    if (before === undefined) return [`${name}: the committed card has no such figure`];
    if (value === undefined) return [`${name}: only the committed card has such a figure`];
    return [`${name}: ${short(Math.abs(value - before))} apart`];
  });
}

const shapes = (tensors: ReadonlyMap<string, Tensor>) =>
  JSON.stringify([...tensors].map(([name, { shape }]) => [name, shape]).sort());
const sameBytes = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
const short = (value: number) => Number(value.toPrecision(2)).toString();
const text = (file: Uint8Array) => new TextDecoder().decode(file);
