/** @jsxImportSource preact */
import type { VNode } from "preact";
import type { Experiment } from "../address.ts";
import { Shown } from "./reading.tsx";
import type { State } from "./state.ts";

/** The reader's text, and what is made of it. */
interface OwnTextProps {
  readonly state: State;
  readonly tried: Experiment;
  readonly change: (changes: Partial<Experiment>) => void;
  readonly read: (tried: Experiment) => void;
}

/** A text that the reader types, and what a model makes of it. */
export function OwnText({ state, tried, change, read }: OwnTextProps): VNode {
  const { models, reading, busy, line, own } = state;
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
        {tried.chosen.length > 0 && line !== "" && (
          <p class="quiet">
            A broken model will read it: {line}; and the unbroken one, beside it.
          </p>
        )}
        <button type="submit" disabled={busy}>Read it</button>
      </fieldset>
      <p role="status">{own.status}</p>
      {own.problem !== undefined && <p class="bad" role="alert">{own.problem}</p>}
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
      <select
        value={models.length > 0 ? model : ""}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      >
        {models.length === 0 && <option value="">loading …</option>}
        {models.map((name) => <option key={name} value={name}>{name}</option>)}
      </select>
    </label>
  );
}
