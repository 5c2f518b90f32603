import type { Json } from "../../claims/mod.ts";

/** How many numbers two measurements have in common. */
export interface Compared {
  /** How many of them are the same, bit for bit. */
  readonly same: number;
  /** How many the first has. */
  readonly of: number;
  /** By what share of itself one of them differs at most; 1 where it has no counterpart. */
  readonly apart: number;
}

/** Compares each number of a measurement with the one in the same place of another. */
export function sameNumbers(measured: Json, recorded: Json | undefined): Compared {
  if (typeof measured === "number") return compare(measured, recorded);
  if (typeof measured !== "object" || measured === null) return total([]);
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

function compare(a: number, b: Json | undefined): Compared {
  if (Object.is(a, b)) return { same: 1, of: 1, apart: 0 };
  const apart = typeof b === "number" ? Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)) : 1;
  return { same: 0, of: 1, apart: Math.min(1, apart || 0) }; // two zeros of either sign are 0 apart
}

/** Several comparisons together. */
export function total(parts: readonly Compared[]): Compared {
  return parts.reduce((sum, { same, of, apart }) => ({
    same: sum.same + same,
    of: sum.of + of,
    apart: Math.max(sum.apart, apart),
  }), { same: 0, of: 0, apart: 0 });
}
