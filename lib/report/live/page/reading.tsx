/** @jsxImportSource preact */
import type { VNode } from "preact";
import { max, min, sum } from "../../../tensor/statistics.ts";
import { shownToken } from "../../figure_labels.ts";
import type { Read, Reading } from "../messages.ts";
import { Picture } from "./claims.tsx";
import { guessInWords, lossInWords, partsInWords } from "./reading_in_words.ts";
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
  const { broken, pieces, heads, pattern, pictures: [guessed, looking] } = reading;
  const sums = pattern.map(sum);
  return (
    <>
      {broken !== undefined && (
        <p class="broken">
          <strong>Read by a broken model: {broken}.</strong> The unbroken one read it too.
        </p>
      )}
      <p>{pieces.length} word pieces. {lossInWords(reading)} {partsInWords(reading)}</p>
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
        {broken !== undefined && "Broken: "}
        {sumsInWords(pattern)}
      </p>
    </>
  );
}

/** Each of the pieces with what came after it, and what was guessed; of a broken model beside the other. */
function Guesses({ reading }: { reading: Reading }): VNode {
  const { pieces, unbroken } = reading;
  const reads: readonly [name: string, read: Read][] = unbroken
    ? [["unbroken: ", unbroken], ["broken: ", reading]]
    : [["", reading]];
  const own = reads.flatMap(([name]) => [`${name}loss`, `${name}guesses`]);
  return (
    <details>
      <summary>The best guesses after each piece</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="The best guesses">
        <table>
          <thead>
            <tr>
              {["place", "after", "came", ...own].map((name) => <th key={name}>{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {pieces.map((piece, place) => (
              <tr key={place}>
                <td>{place}</td>
                <td>{shownToken(piece)}</td>
                <td>{shownToken(pieces[place + 1] ?? "")}</td>
                {reads.flatMap(([name, { losses, guesses }]) => [
                  <td key={`${name}loss`}>{losses[place]?.toFixed(2) ?? ""}</td>,
                  <td key={`${name}guesses`}>{guesses[place].map(guessInWords).join(", ")}</td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
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
