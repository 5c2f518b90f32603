/** What was thrown, in words: an error's name and message, anything else as it is. */
export function explain(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${messageOf(thrown)}`;
  try {
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    return String(thrown);
  }
}

/** An error's message without the colours that an assertion may have given it. */
export function messageOf({ message }: Error): string {
  // deno-lint-ignore no-control-regex -- escape sequences begin with one
  return message.replace(/\x1b\[[\d;]*m/g, "");
}
