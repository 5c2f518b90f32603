/** Where a command writes: a terminal gets one line that changes, anything else a line for each. */
export interface Screen {
  /** Whether a line can be written over. */
  readonly terminal: boolean;
  /** Whether colours are wanted there; otherwise, as where nothing is said, they are not. */
  readonly colours?: boolean;
  /** How much is seen of a terminal, in signs. */
  readonly size?: () => { readonly columns: number; readonly rows: number };
  /** Writes text as it is. */
  write(text: string): void;
}

/** Where a command is called. */
export interface Place {
  /** The project's folder. */
  readonly root: URL;
  /** Where progress and results are shown. */
  readonly screen: Screen;
  /** Says what went wrong. */
  readonly complain: (line: string) => void;
}

/** This project, with the output that the process was started with. */
export function here(): Place {
  const encoder = new TextEncoder();
  const terminal = Deno.stdout.isTerminal();
  const screen = {
    terminal,
    colours: terminal && !Deno.noColor,
    size: terminal ? Deno.consoleSize : undefined,
    write: (text: string) => void Deno.stdout.writeSync(encoder.encode(text)),
  };
  return { root: new URL("../../", import.meta.url), screen, complain: console.error };
}
