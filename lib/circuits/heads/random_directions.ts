import { dot, type Random } from "../../tensor/mod.ts";

/**
 * Directions without any preference, at right angles to each other: normal draws, each made
 * orthogonal to those before, of length 1. As many as there are dimensions are a random rotation.
 *
 * @param count At most `width`.
 */
export function randomDirections(random: Random, count: number, width: number): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const row = Float64Array.from({ length: width }, () => random.normal());
    for (const earlier of rows) {
      const along = dot(row, earlier);
      for (let k = 0; k < width; k++) row[k] -= along * earlier[k];
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((x) => x / length));
  }
  return rows;
}
