/** @jsxImportSource preact */
import type { VNode } from "preact";
import { useEffect, useMemo, useReducer, useState } from "preact/hooks";
import { type Experiment, readAddress, writeAddress } from "../address.ts";
import type { Reply } from "../messages.ts";
import { Breaking } from "./breaking.tsx";
import { Claims } from "./claims.tsx";
import { Host, loadRecorded } from "./host.ts";
import { OwnText } from "./own_text.tsx";
import { hear, IDLE } from "./state.ts";

/** Runs the claims of a spec file, on models as they are or broken, and reads the reader's text. */
export function Bench({ file, page }: { file: string; page: string }): VNode {
  const [state, listen] = useReducer(hear, IDLE);
  const host = useMemo(() => new Host(listen), []);
  const [tried, setTried] = useState<Experiment>(() => readAddress(location.search));
  const change = (changes: Partial<Experiment>) => {
    const next = { ...tried, ...changes };
    setTried(next);
    history.replaceState(null, "", (writeAddress(next) || location.pathname) + location.hash);
  };
  const breakBy = (chosen: Experiment["chosen"]) => {
    change({ chosen });
    listen({ kind: "changed" });
  };
  const run = async () => {
    listen({ kind: "running", broken: tried.chosen.length > 0 });
    try {
      const recorded = await loadRecorded(page);
      await host.ask({ kind: "run", file, chosen: tried.chosen, recorded });
    } catch (error) {
      listen({ kind: "refused", reason: `${(error as Error).message}.` } satisfies Reply);
    }
  };
  const stop = () => {
    host.stop();
    listen({ kind: "stopped" });
  };
  const read = (experiment: Experiment) => {
    const { chosen, text = "", model = state.models[0], head: [layer, head] = [0, 0] } = experiment;
    listen({ kind: "running", reading: true });
    host.ask({ kind: "read", text, chosen, model, layer, head });
  };
  useEffect(() => {
    host.ask({ kind: "choices", file });
    // Whoever was sent an experiment is led to it.
    if (writeAddress(tried) !== "" && location.hash === "") {
      document.getElementById("live")?.scrollIntoView();
    }
    return () => host.stop();
  }, []);
  const { busy, problem, offers } = state;
  return (
    <>
      <Breaking offers={offers} chosen={tried.chosen} change={breakBy} busy={busy} />
      <p class="actions">
        <button type="button" onClick={run} disabled={busy || offers.length === 0}>
          {tried.chosen.length > 0 ? "Break it" : "Run it here"}
        </button>
        {busy && <button type="button" onClick={stop}>Stop</button>}
      </p>
      <p role="status">{state.status}</p>
      {problem !== undefined && <p class="bad" role="alert">{problem}</p>}
      <Claims state={state} />
      <OwnText
        models={state.models}
        reading={state.reading}
        tried={tried}
        busy={busy}
        change={change}
        read={read}
      />
    </>
  );
}
