/**
 * The line that runs one claim of a spec file again, or all of the file where no claim is named. It
 * can be pasted into any common shell: whatever a shell or a regular expression would read as more
 * than a sign stands as a dot, which matches any sign. There is no `$` at the end for that reason, so
 * a claim whose statement begins with this one is run as well.
 */
export function rerunLine(file: string, statement?: string): string {
  const test = `deno test ${shellWord(file)}`;
  if (statement === undefined) return test;
  return `${test} --filter "/^${statement.replace(/[^\w ,:;=-]/gu, ".")}/"`;
}

/** A path as one word of a shell; those of spec files need nothing, but a file may be called anything. */
function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
