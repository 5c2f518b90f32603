/** @jsxImportSource preact */
import type { VNode } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { type Experiment, readAddress, writeAddress } from "../address.ts";
import { Breaking } from "./breaking.tsx";
import { Claims } from "./claims.tsx";
import { Host, loadRecorded } from "./host.ts";
import { OwnText } from "./own_text.tsx";
import { hear, IDLE, type State } from "./state.ts";

/** Runs the claims of a spec file, on models as they are or broken, and reads the reader's text. */
export function Bench({ file, page }: { file: string; page: string }): VNode {
  const { state, run, stop, read, forget } = useBench(file, page);
  const [tried, change] = useExperiment();
  const breakBy = (chosen: Experiment["chosen"]) => {
    change({ chosen });
    forget();
  };
  const { busy, problem, offers, models, reading } = state;
  return (
    <>
      <Breaking offers={offers} chosen={tried.chosen} change={breakBy} busy={busy} />
      <p class="actions">
        <button type="button" onClick={() => run(tried)} disabled={busy || offers.length === 0}>
          {tried.chosen.length > 0 ? "Break it" : "Run it here"}
        </button>
        {busy && <button type="button" onClick={stop}>Stop</button>}
      </p>
      <p role="status">{state.status}</p>
      {problem !== undefined && <p class="bad" role="alert">{problem}</p>}
      <Claims state={state} />
      <OwnText {...{ models, reading, tried, busy, change, read }} />
    </>
  );
}

/** What the reader tries, kept in the address; whoever was sent it is led to it. */
function useExperiment(): [Experiment, (changes: Partial<Experiment>) => void] {
  const [tried, setTried] = useState<Experiment>(() => readAddress(location.search));
  useEffect(() => {
    if (writeAddress(tried) === "" || location.hash !== "") return;
    document.getElementById("live")?.scrollIntoView();
  }, []);
  const change = (changes: Partial<Experiment>) => {
    const next = { ...tried, ...changes };
    setTried(next);
    history.replaceState(null, "", (writeAddress(next) || location.pathname) + location.hash);
  };
  return [tried, change];
}

/** What is shown, and what the reader can do. */
interface UsedBench {
  readonly state: State;
  /** Runs the claims, on models broken as chosen. */
  readonly run: (tried: Experiment) => Promise<void>;
  /** Ends whatever runs. */
  readonly stop: () => void;
  /** Has a text read. */
  readonly read: (tried: Experiment) => void;
  /** Forgets what was found of models that were broken otherwise. */
  readonly forget: () => void;
}

/** A worker for a page, started with it and ended with it. */
function useBench(file: string, page: string): UsedBench {
  const [state, listen] = useReducer(hear, IDLE);
  const host = useMemo(() => new Host(listen), []);
  const turn = useRef(0); // a run that was stopped while it was loading must not begin
  useEffect(() => {
    host.ask({ kind: "choices", file });
    return () => host.stop();
  }, []);
  const run = async ({ chosen }: Experiment) => {
    const mine = ++turn.current;
    listen({ kind: "running", broken: chosen.length > 0 });
    try {
      const recorded = await loadRecorded(page);
      if (mine === turn.current) await host.ask({ kind: "run", file, chosen, recorded });
    } catch (error) {
      listen({ kind: "refused", reason: `${(error as Error).message}.` });
    }
  };
  const stop = () => {
    turn.current++;
    host.stop();
    listen({ kind: "stopped" });
  };
  const read = ({ chosen, text = "", model = state.models[0], head = [0, 0] }: Experiment) => {
    const [layer, number] = head;
    listen({ kind: "running", reading: true });
    host.ask({ kind: "read", text, chosen, model, layer, head: number });
  };
  return { state, run, stop, read, forget: () => listen({ kind: "changed" }) };
}
