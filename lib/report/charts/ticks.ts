/** The least step as a part of the largest tick: several doubles, so that no two ticks are the same. */
const RESOLUTION = 2 ** -50;

/**
 * Multiples of 1, 2 or 5 times a power of ten, from the last that is not above the least value to the
 * first that is not below the greatest, in about so many steps. Each is the double nearest to a short
 * decimal, so that it is written with few digits and reads like no other.
 */
export function ticksFrom(least: number, greatest: number, steps: number): number[] {
  const size = Math.max(Math.abs(least), Math.abs(greatest));
  const rough = Math.min(greatest - least, Number.MAX_VALUE) / steps;
  const { factor, power } = niceStep(Math.max(rough, size * RESOLUTION, Number.MIN_VALUE));
  const step = decimal(factor, power);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.ceil(greatest / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => decimal((first + i) * factor, power))
    .filter(Number.isFinite);
}

/** 1, 2 or 5 times a power of ten, no smaller than asked. */
function niceStep(least: number): { readonly factor: number; readonly power: number } {
  for (let power = Math.floor(Math.log10(least));; power++) {
    for (const factor of [1, 2, 5]) {
      if (decimal(factor, power) >= least * (1 - 1e-9)) return { factor, power };
    }
  }
}

/** The double nearest to digits times a power of ten; a product would be rounded twice. */
function decimal(digits: number, power: number): number {
  return Number(`${digits}e${power}`);
}
