import type { Fate } from "./ask.ts";

/** Why some changes are noticed by nobody: they make the same function, or one that is as good. */
const EXPLAINED: readonly (Pick<Fate, "file" | "before" | "after"> & { readonly why: string })[] =
  [];

/** Why a mutant survives, if that is known. */
export function explanationOf({ file, before, after }: Fate): string | undefined {
  return EXPLAINED.find((one) => one.file === file && one.before === before && one.after === after)
    ?.why;
}
