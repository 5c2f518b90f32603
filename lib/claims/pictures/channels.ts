import type { ShownRun } from "./figure.ts";
import { type Field, valueAt } from "../prose/fields.ts";
import { isSelected, type Selection } from "../prose/selection.ts";

/** What a channel of a picture gives for a run: one value for all of its marks, or one for each. */
export type Values = number | string | readonly (number | string)[];

/**
 * Where a picture takes something from: a field of the evidence; the run's model, control or family;
 * the place in the list that another channel gives, counted from 0; or a function of the run, where a
 * name will not do.
 */
export type Channel<E> =
  | Field<E, number | string>
  | "model"
  | "control"
  | "family"
  | "index"
  | ((run: ShownRun<E>) => Values);

/** Which runs a picture shows: all, those selected, or the subjects' unless told. */
export type Shown<E> = "all" | Selection | ((run: ShownRun<E>) => boolean);

/** The runs that a picture shows. */
export function shownOf<E>(runs: readonly ShownRun<E>[], on: Shown<E> = {}): ShownRun<E>[] {
  if (on === "all") return [...runs];
  if (typeof on === "function") return runs.filter(on);
  return runs.filter((run) => isSelected(run, on));
}

/** What a run is called where several are shown: after its control, or else its model. */
export function nameOf({ control, model }: ShownRun<unknown>): string {
  return control ?? model;
}

/** Several channels with the names of the series that they make, or a single one without. */
export function byName<C>(of: C | Readonly<Record<string, C>>): [string | undefined, C][] {
  return typeof of === "object" ? Object.entries(of as Record<string, C>) : [[undefined, of]];
}

/** What a series is called: after its channel, where that has a name, and its run, where several are shown. */
export function seriesName(
  name: string | undefined,
  run: ShownRun<unknown>,
  shown: number,
): string {
  const several = shown > 1 ? nameOf(run) : undefined;
  return [name, several].filter((part) => part !== undefined).join(", ");
}

/**
 * The marks of a run: each channel's value for each of them. Channels with one value give it to all;
 * those with lists must agree in length.
 *
 * @throws {RangeError} If two lists differ in length, or a field is missing.
 */
export function marksOf<E, Name extends string>(
  run: ShownRun<E>,
  channels: Readonly<Record<Name, Channel<E> | undefined>>,
): Record<Name, number | string>[] {
  const asked = Object.entries<Channel<E> | undefined>(channels)
    .filter((each): each is [Name, Channel<E>] => each[1] !== undefined);
  const given = asked
    .map(([name, channel]) =>
      [name, channel === "index" ? undefined : read(run, channel)] as const
    );
  const lists = given.filter((each): each is [Name, (number | string)[]] => Array.isArray(each[1]));
  const [first] = lists;
  const uneven = lists.find(([, list]) => list.length !== first[1].length);
  if (uneven) {
    throw new RangeError(
      `Channels of one picture must have as many values each: ${first[0]} has ` +
        `${first[1].length}, and ${uneven[0]} ${uneven[1].length}`,
    );
  }
  return Array.from({ length: first?.[1].length ?? 1 }, (_, i) =>
    Object.fromEntries(
      given.map(([name, value]) => [name, Array.isArray(value) ? value[i] : value ?? i]),
    ) as Record<Name, number | string>);
}

function read<E>(run: ShownRun<E>, channel: Channel<E>): Values {
  if (typeof channel === "function") return channel(run);
  if (channel === "model" || channel === "control" || channel === "family") {
    return run[channel] ?? nameOf(run);
  }
  const value = valueAt(run.evidence, channel);
  return (Array.isArray(value) ? value.flat(Infinity) : value) as Values;
}
