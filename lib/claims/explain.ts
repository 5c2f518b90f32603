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

/**
 * What a failed assertion says, with the numbers that it compared: a message of the caller's takes
 * their place, and where they are the cause, as they are here, they are put behind it.
 */
export function assertedBy(error: Error): string {
  const { cause } = error;
  return messageOf(error) + (typeof cause === "string" ? `: ${inFewDigits(cause)}` : "");
}

function inFewDigits(text: string): string {
  return text.replace(/\d+\.\d+(e[+-]?\d+)?/g, (number) => `${Number((+number).toPrecision(4))}`);
}
