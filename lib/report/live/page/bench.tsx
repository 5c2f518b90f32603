/** @jsxImportSource preact */
import type { RefObject, VNode } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { type Experiment, readAddress, writeAddress } from "../address.ts";
import { Breaking } from "./breaking.tsx";
import { Claims } from "./claims.tsx";
import { Copy } from "./copy.tsx";
import { Host, loadRecorded } from "./host.ts";
import { OwnText } from "./own_text.tsx";
import { hear, opening, type State } from "./state.ts";
import { Why } from "./why.tsx";

/** Runs the claims of a spec file, on models as they are or broken, and reads the reader's text. */
export function Bench({ file, page }: { file: string; page: string }): VNode {
  const [tried, change] = useExperiment();
  const { state, run, stop, read, forget } = useBench(file, page, tried);
  const { chosen } = tried;
  const breakBy = (chosen: Experiment["chosen"]) => {
    change({ chosen });
    forget();
  };
  const { busy, problem, offers, described, line } = state;
  const seen = useInView(state);
  return (
    <>
      <Breaking {...{ offers, chosen, described, busy }} change={breakBy} />
      {chosen.length > 0 && line !== "" && <p class="chosen">Chosen: {line}</p>}
      <p class="actions">
        <button type="button" onClick={run} disabled={busy || offers.length === 0}>
          {chosen.length > 0 ? "Break it" : "Run it here"}
        </button>
        {busy && <button type="button" onClick={stop}>Stop</button>}
      </p>
      {writeAddress(tried) !== "" && (
        <p class="quiet share">
          The address of this page holds this experiment: send it. <Copy address={location.href} />
        </p>
      )}
      <p role="status" ref={seen}>{state.status}</p>
      {problem !== undefined && <p class="bad" role="alert">{problem}</p>}
      {state.broken && !busy && state.claims.length > 0 && <Why chosen={chosen} />}
      <Claims state={state} />
      <OwnText {...{ state, tried, change, read }} />
    </>
  );
}

/** Where a run of the claims begins and ends something is to be seen: it comes into view. */
function useInView({ busy, own }: State): RefObject<HTMLParagraphElement | null> {
  const status = useRef<HTMLParagraphElement>(null);
  const began = useRef(false);
  useEffect(() => {
    if ((busy || began.current) && !own.asked) {
      status.current?.scrollIntoView({ block: busy ? "nearest" : "start" });
    }
    began.current = busy;
  }, [busy]);
  return status;
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
  readonly run: () => Promise<void>;
  /** Ends whatever runs. */
  readonly stop: () => void;
  /** Has a text read. */
  readonly read: (tried: Experiment) => void;
  /** Forgets what was found of models that were broken otherwise. */
  readonly forget: () => void;
}

/** A worker for a page, started with it and ended with it; it does what the page was opened for. */
function useBench(file: string, page: string, tried: Experiment): UsedBench {
  const [state, listen] = useReducer(hear, tried, opening);
  const host = useMemo(() => new Host(listen), []);
  const turn = useRef(0); // a run that was stopped while it was loading must not begin
  const { chosen } = tried;
  useEffect(() => {
    host.ask({ kind: "choices", file });
    return () => host.stop();
  }, []);
  useEffect(() => {
    if (chosen.length > 0) host.ask({ kind: "describe", chosen });
  }, [chosen]);
  const run = async () => {
    const mine = ++turn.current;
    listen({ kind: "running", broken: chosen.length > 0 });
    try {
      const recorded = await loadRecorded(page);
      if (mine === turn.current) await host.ask({ kind: "run", file, chosen, recorded });
    } catch (error) {
      listen({ kind: "refused", reason: `${(error as Error).message}.` });
    }
  };
  const read = ({ chosen, text = "", model = state.models[0], head = [0, 0] }: Experiment) => {
    const [layer, number] = head;
    listen({ kind: "running", reading: true });
    host.ask({ kind: "read", text, chosen, model, layer, head: number });
  };
  const due = useDue(state, tried, { run, read: () => read(tried) });
  const stop = () => {
    turn.current++;
    due.current = [];
    host.stop();
    listen({ kind: "stopped" });
  };
  return { state, run, stop, read, forget: () => listen({ kind: "changed" }) };
}

type Due = "read" | "run";

/** Does what the page was opened for as soon as it can be done, one thing after the other. */
function useDue(
  { busy, offers }: State,
  { chosen, text = "" }: Experiment,
  begin: Readonly<Record<Due, () => void>>,
): { current: Due[] } {
  const due = useRef<Due[]>([]);
  useEffect(() => {
    // A text is read at once, and the claims take their time.
    due.current = [
      ...text.trim() ? ["read" as const] : [],
      ...chosen.length ? ["run" as const] : [],
    ];
  }, []);
  useEffect(() => {
    if (busy || offers.length === 0) return;
    const next = due.current.shift();
    if (next) begin[next]();
  });
  return due;
}
