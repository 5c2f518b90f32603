import type { Tensor } from "../tensor/mod.ts";

/** The length of all gradients laid end to end, as one vector. */
export function globalNorm(gradients: Readonly<Record<string, Tensor>>): number {
  let squares = 0;
  for (const { data } of Object.values(gradients)) {
    for (let i = 0; i < data.length; i++) squares += data[i] * data[i];
  }
  return Math.sqrt(squares);
}

/**
 * What to multiply gradients of this norm by so that it is at most `limit` (Pascanu et al., 2013,
 * arXiv:1211.5063): their direction stays.
 */
export function clipFactor(norm: number, limit: number): number {
  return norm > limit ? limit / norm : 1;
}
