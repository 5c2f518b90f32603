import { inspect, stripVTControlCharacters } from "node:util";

/** What was thrown, in words: an error's name and message, anything else as it prints. */
export function explain(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${messageOf(thrown)}` : inspect(thrown);
}

/** An error's message without the colours that an assertion may have given it. */
export function messageOf({ message }: Error): string {
  return stripVTControlCharacters(message);
}
