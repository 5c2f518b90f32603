/** @jsxImportSource preact */
import type { VNode } from "preact";
import { max, mean, min, sum } from "../../../tensor/statistics.ts";
import { shownToken } from "../../figure_labels.ts";
import type { Reading } from "../messages.ts";
import { Picture } from "./claims.tsx";
import { sumsInWords } from "./sums.ts";

interface ShownProps {
  readonly reading: Reading;
  readonly busy: boolean;
  readonly layer: number;
  readonly head: number;
  readonly look: (head: readonly [number, number]) => void;
}

/** What a model made of a text, and where one of its heads looks. */
export function Shown({ reading, busy, layer, head, look }: ShownProps): VNode {
  const { broken, pieces, losses, heads, pattern, pictures: [guessed, looking] } = reading;
  const sums = pattern.map(sum);
  return (
    <>
      {broken !== undefined && (
        <p class="broken">
          <strong>Read by a broken model: {broken}.</strong>{" "}
          Where nothing is chosen to break, the unbroken one reads.
        </p>
      )}
      <p>
        {pieces.length} word pieces.{" "}
        {losses.length > 0 && `The loss is ${mean(losses).toFixed(2)} nats for each that came.`}
      </p>
      <Picture picture={guessed} />
      <Guesses reading={reading} />
      <fieldset disabled={busy}>
        <legend>Whose pattern</legend>
        <Numbered label="Layer" count={heads.layers} now={layer} set={(to) => look([to, head])} />
        {" "}
        <Numbered label="Head" count={heads.each} now={head} set={(to) => look([layer, to])} />
      </fieldset>
      <Picture picture={looking} />
      <p class="sums" data-least={min(sums)} data-most={max(sums)}>
        {sumsInWords(pattern)}
      </p>
    </>
  );
}

function Guesses({ reading: { pieces, losses, guesses } }: { reading: Reading }): VNode {
  const head = ["after", "came", "its loss, nats", "guesses"];
  return (
    <details>
      <summary>The best guesses after each piece</summary>
      <table>
        <thead>
          <tr>{head.map((name) => <th key={name}>{name}</th>)}</tr>
        </thead>
        <tbody>
          {pieces.map((piece, place) => (
            <tr key={place}>
              <td>{shownToken(piece)}</td>
              <td>{shownToken(pieces[place + 1] ?? "")}</td>
              <td>{losses[place]?.toFixed(2) ?? ""}</td>
              <td>{guesses[place].map(inWords).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function inWords({ piece, probability }: Reading["guesses"][number][number]): string {
  return `${shownToken(piece)} ${(100 * probability).toFixed(0)}%`;
}

interface NumberedProps {
  readonly label: string;
  readonly count: number;
  readonly now: number;
  readonly set: (next: number) => void;
}

/** One of several that are counted from 0. */
export function Numbered({ label, count, now, set }: NumberedProps): VNode {
  return (
    <label>
      {label}{" "}
      <select value={now} onChange={({ currentTarget }) => set(Number(currentTarget.value))}>
        {Array.from({ length: count }, (_, n) => <option key={n} value={n}>{n}</option>)}
      </select>
    </label>
  );
}
