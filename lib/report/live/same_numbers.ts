import type { Json } from "../../claims/mod.ts";

/** How many numbers two measurements have in common. */
export interface Compared {
  /** How many of them are the same, bit for bit. */
  readonly same: number;
  /** How many the first has. */
  readonly of: number;
}

/** Compares each number of a measurement with the one in the same place of another. */
export function sameNumbers(measured: Json, recorded: Json | undefined): Compared {
  if (typeof measured === "number") return { same: Object.is(measured, recorded) ? 1 : 0, of: 1 };
  if (typeof measured !== "object" || measured === null) return { same: 0, of: 0 };
  const other: object = typeof recorded === "object" && recorded !== null ? recorded : {};
  return total(
    Object.entries(measured).map(([key, part]) =>
      sameNumbers(
        part,
        Object.hasOwn(other, key) ? (other as Record<string, Json>)[key] : undefined,
      )
    ),
  );
}

/** Several comparisons together. */
export function total(parts: readonly Compared[]): Compared {
  return parts.reduce((sum, { same, of }) => ({ same: sum.same + same, of: sum.of + of }), {
    same: 0,
    of: 0,
  });
}
