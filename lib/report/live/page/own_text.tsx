/** @jsxImportSource preact */
import type { VNode } from "preact";
import type { Experiment } from "../address.ts";
import type { Reading } from "../messages.ts";
import { Picture } from "./claims.tsx";

/** The reader's text, and what is made of it. */
interface OwnTextProps {
  readonly models: readonly string[];
  readonly reading?: Reading;
  readonly tried: Experiment;
  readonly busy: boolean;
  readonly change: (changes: Partial<Experiment>) => void;
  readonly read: (tried: Experiment) => void;
}

/** A text that the reader types, and what a model makes of it. */
export function OwnText({ models, reading, tried, busy, change, read }: OwnTextProps): VNode {
  const { text = "", model = models[0], head: [layer, head] = [0, 0] } = tried;
  const again = (changes: Partial<Experiment>) => {
    change(changes);
    if (reading) read({ ...tried, ...changes });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    change({ text });
    read({ ...tried, text });
  };
  return (
    <form onSubmit={submit}>
      <fieldset disabled={models.length === 0}>
        <legend>Your sentence</legend>
        <label>
          Text{" "}
          <textarea
            rows={2}
            value={text}
            onInput={({ currentTarget }) => change({ text: currentTarget.value })}
          />
        </label>
        <label>
          Read by{" "}
          <select
            value={model}
            onChange={({ currentTarget }) => again({ model: currentTarget.value, head: [0, 0] })}
          >
            {models.map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
        </label>{" "}
        <button type="submit" disabled={busy}>Read it</button>
      </fieldset>
      {reading && (
        <Shown
          reading={reading}
          layer={layer}
          head={head}
          look={(head) => again({ head })}
        />
      )}
    </form>
  );
}

interface ShownProps {
  readonly reading: Reading;
  readonly layer: number;
  readonly head: number;
  readonly look: (head: readonly [number, number]) => void;
}

function Shown({ reading, layer, head, look }: ShownProps): VNode {
  const { pieces, guesses, losses, heads, pattern, pictures: [guessed, looking] } = reading;
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const sums = pattern.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  return (
    <>
      <p>
        {pieces.length} word pieces.{" "}
        {losses.length > 0 && `The loss is ${mean.toFixed(2)} nats for each piece that came.`}
      </p>
      <Picture picture={guessed} />
      <details>
        <summary>The three best guesses after each piece</summary>
        <table>
          <thead>
            <tr>
              <th>after</th>
              <th>came</th>
              <th>its loss, nats</th>
              <th colSpan={3}>guesses</th>
            </tr>
          </thead>
          <tbody>
            {pieces.map((piece, place) => (
              <tr key={place}>
                <td>{piece}</td>
                <td>{pieces[place + 1] ?? ""}</td>
                <td>{losses[place]?.toFixed(2) ?? ""}</td>
                {guesses[place].map(({ piece, probability }) => (
                  <td key={piece}>{piece} {(100 * probability).toFixed(0)}%</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p>
        <Numbered
          label="Layer"
          count={heads.layers}
          now={layer}
          set={(next) => look([next, head])}
        />{" "}
        <Numbered label="Head" count={heads.each} now={head} set={(next) => look([layer, next])} />
      </p>
      <Picture picture={looking} />
      <p class="sums" data-least={Math.min(...sums)} data-most={Math.max(...sums)}>
        Each row adds up to {Math.min(...sums).toFixed(4)} at least and{" "}
        {Math.max(...sums).toFixed(4)} at most.
      </p>
    </>
  );
}

interface NumberedProps {
  readonly label: string;
  readonly count: number;
  readonly now: number;
  readonly set: (next: number) => void;
}

function Numbered({ label, count, now, set }: NumberedProps): VNode {
  return (
    <label>
      {label}{" "}
      <select value={now} onChange={({ currentTarget }) => set(Number(currentTarget.value))}>
        {Array.from({ length: count }, (_, n) => <option key={n} value={n}>{n}</option>)}
      </select>
    </label>
  );
}
