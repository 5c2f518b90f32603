/** A stand-in for the part of `@std/assert` that this project uses; see `links` in deno.json. */
export { AssertionError } from "./assertion_error.ts";
export {
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertStrictEquals,
} from "./equality.ts";
export { assertGreater, assertGreaterOrEqual, assertLess, assertLessOrEqual } from "./order.ts";
export { assertRejects, assertThrows } from "./throws.ts";
export { assert, assertInstanceOf, assertMatch, assertStringIncludes } from "./truth.ts";
