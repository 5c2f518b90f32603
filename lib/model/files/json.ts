/**
 * `JSON.parse`, but refusing an object that gives the same key twice. `JSON.parse` keeps the last
 * one and says nothing, while other readers keep the first: the same file, two meanings.
 *
 * @throws {SyntaxError} If the text is not JSON or repeats a key.
 */
export function parseStrictJson(text: string): unknown {
  const value = JSON.parse(text);
  const key = repeatedKey(text);
  if (key !== undefined) throw new SyntaxError(`The key ${key} appears twice in one object`);
  return value;
}

/** Whether a value is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first key that appears twice in one object, quoted as the text has it. */
function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = []; // the keys of every object that is not closed yet
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "{") open.push(new Set());
    if (text[at] === "}") open.pop();
    if (text[at] !== '"') continue;
    const end = afterString(text, at);
    const quoted = text.slice(at, end);
    at = end - 1;
    if (!colonFollows(text, end)) continue;
    const keys = open[open.length - 1];
    const key = JSON.parse(quoted); // "a" and "\u0061" are one key
    if (keys.has(key)) return quoted;
    keys.add(key);
  }
}

/** Where the string that starts with the quote at `start` is over. */
function afterString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** In valid JSON a colon follows a string exactly where the string is a key. */
function colonFollows(text: string, at: number): boolean {
  while (at < text.length && " \t\n\r".includes(text[at])) at++;
  return text[at] === ":";
}
