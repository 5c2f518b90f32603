/**
 * How steeply each head's scores fall with distance (Press et al., 2021, arXiv:2108.12409):
 * powers of 2^(-8/n) for n heads where n is a power of two; otherwise those of the power of two
 * below, then every second one of the power of two above.
 */
export function alibiSlopes(n_heads: number): number[] {
  const geometric = (n: number) => Array.from({ length: n }, (_, h) => 2 ** (-8 * (h + 1) / n));
  const below = 2 ** Math.floor(Math.log2(n_heads));
  const between = geometric(2 * below).filter((_, h) => h % 2 === 0);
  return [...geometric(below), ...between].slice(0, n_heads);
}
