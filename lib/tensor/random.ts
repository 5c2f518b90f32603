import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { sizeOf, Tensor } from "./tensor.ts";

/** A seeded stream of random numbers: the same seed gives the same stream on every machine. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  /**
   * Begins a stream.
   *
   * @param seed A name, or a whole number, which counts as the name that its digits are. Both are
   * hashed (FNV-1a), since the generator begins almost alike for numbers as close as 1 and 2.
   * @throws {RangeError} If a number is not whole.
   */
  constructor(seed: number | string) {
    if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
      throw new RangeError(`Bad seed: a name or a whole number is required, got ${seed}`);
    }
    this.#generator = xoroshiro128plus(hash(`${seed}`));
  }

  /** A number in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /**
   * A whole number in [low, high], both included.
   *
   * @throws {RangeError} If the two are not whole or there is no number between them.
   */
  integer(low: number, high: number): number {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low > high) {
      const required = "two whole numbers in ascending order are required";
      throw new RangeError(`Cannot draw an integer: ${required}, got ${low} and ${high}`);
    }
    return uniformInt(this.#generator, low, high);
  }

  /** A draw from the standard normal distribution (Box and Muller, 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A tensor of draws from a normal distribution. */
  normalTensor(shape: readonly number[], std = 1, mean = 0): Tensor {
    const data = new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = mean + std * this.normal();
    return new Tensor(data, shape);
  }

  /** `length` whole numbers in [0, below). */
  integers(length: number, below: number): number[] {
    return Array.from({ length }, () => this.integer(0, below - 1));
  }

  /** The items in a random order, in a new array (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
    }
    return shuffled;
  }
}

/** FNV-1a, 32 bits: a stable number for a name. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193);
  return h | 0;
}
