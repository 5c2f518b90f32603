/** @jsxImportSource preact */
import type { VNode } from "preact";
import type { Experiment } from "../address.ts";
import type { Reading } from "../messages.ts";
import { Shown } from "./reading.tsx";

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
      <fieldset disabled={busy || models.length === 0}>
        <legend>Your sentence</legend>
        <label>
          Text{" "}
          <textarea
            rows={2}
            value={text}
            onInput={({ currentTarget }) => change({ text: currentTarget.value })}
          />
        </label>
        <Reader
          models={models}
          model={model}
          set={(model) => again({ model, head: [0, 0] })}
        />
        <button type="submit" disabled={busy}>Read it</button>
      </fieldset>
      {reading && (
        <Shown
          reading={reading}
          busy={busy}
          layer={layer}
          head={head}
          look={(head) => again({ head })}
        />
      )}
    </form>
  );
}

interface ReaderProps {
  readonly models: readonly string[];
  readonly model: string;
  readonly set: (model: string) => void;
}

/** Which model reads. */
function Reader({ models, model, set }: ReaderProps): VNode {
  return (
    <label>
      Read by{" "}
      <select value={model} onChange={({ currentTarget }) => set(currentTarget.value)}>
        {models.map((name) => <option key={name} value={name}>{name}</option>)}
      </select>
    </label>
  );
}
