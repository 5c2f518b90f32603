import fc from "fast-check";

/** A small change to some bytes. */
interface Change {
  readonly at: number;
  readonly kind: "set" | "cut" | "drop" | "double";
  readonly byte: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom("set", "set", "set", "cut", "drop", "double"),
  byte: fc.integer({ min: 0, max: 255 }),
});

/** For tests: bytes as a bad disk, a broken download or a hostile writer leaves them. */
export function mutatedBytes(whole: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) =>
    changes.reduce(changed, whole)
  );
}

function changed(bytes: Uint8Array, { at, kind, byte }: Change): Uint8Array {
  const place = Math.floor(at * bytes.length);
  const [before, after] = [bytes.slice(0, place), bytes.slice(place)];
  if (kind === "set") return joined(before, Uint8Array.of(byte), after.slice(1));
  if (kind === "cut") return before;
  if (kind === "drop") return joined(before, after.slice(1 + byte % 16));
  return joined(before, after.slice(0, 1 + byte % 16), after);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** For tests: JSON in which some values, anywhere inside, are others, missing or new. */
export function mutatedJson(whole: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(whole);
  const other = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ODD) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
  const edit = fc.tuple(fc.constantFrom(...places), other, fc.boolean());
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    const copy = structuredClone(whole);
    for (const [place, value, gone] of edits) put(copy, place, gone ? undefined : value);
    return copy;
  });
}

/** What a value may be that nobody thought of. */
const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 0.5, 1e308, -1e-308, 2 ** 53, 2 ** 31, "", "4", "__proto__"],
  ...["constructor", "<script>alert(1)</script>", "\u0000", "\ud800", "../x", [], {}, [[]], [null]],
  ...["x".repeat(5000), JSON.parse('{"__proto__": {"polluted": true}}'), [-1], [0, 0], "NaN"],
];

type Place = readonly (string | number)[];

function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [place];
  const inside = Object.entries(value).slice(0, 40)
    .flatMap(([key, each]) => placesIn(each, [...place, key]));
  return [...(place.length > 0 ? [place] : []), ...inside];
}

function put(root: unknown, place: Place, value: unknown): void {
  let at = root as Record<string, unknown>;
  for (const key of place.slice(0, -1)) {
    const next = at[key];
    if (typeof next !== "object" || next === null) return; // another edit took it away
    at = next as Record<string, unknown>;
  }
  if (value === undefined) delete at[place.at(-1)!];
  else at[place.at(-1)!] = value;
}
