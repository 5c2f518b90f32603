import type { MatrixClaim, MatrixRow } from "../../report/matrix/matrix.ts";
import type { Begin, Done, Job } from "./worker.ts";

/** What is to be asked. */
export interface Asking extends Begin {
  /** Sabotages by their names in the catalogue. */
  readonly sabotages: readonly string[];
  /** How many workers ask at once. */
  readonly workers: number;
  /** Told of each sabotage when all claims have been asked. */
  readonly onRow?: (row: MatrixRow) => void;
}

/** Asks all claims on sound models, then under each sabotage; whoever has time takes the next. */
export async function runMatrix(
  { sabotages, workers: count, onRow = () => {}, ...begin }: Asking,
): Promise<{ claims: MatrixClaim[]; rows: MatrixRow[] }> {
  const workers = Array.from({ length: count }, () => new Asker());
  try {
    const [{ ready: claims }] = await Promise.all(workers.map((worker) => worker.ask(begin))) as {
      ready: number;
    }[];
    const shares = workers.map((_, i) => range(claims).filter((n) => n % count === i));
    const sound = await Promise.all(workers.map((worker, i) => worker.ask({ sound: shares[i] })));
    const found = new Map(
      sound.flatMap((done, i) =>
        (done as { sound: MatrixClaim[] }).sound.map((claim, j) => [shares[i][j], claim] as const)
      ),
    );
    const left = [...sabotages];
    const rows: MatrixRow[] = [];
    await Promise.all(workers.map(async (worker) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const { row } = await worker.ask({ broken: next }) as { row: MatrixRow };
        rows.push(row);
        onRow(row);
      }
    }));
    const order = (row: MatrixRow) => sabotages.indexOf(row.id);
    return {
      claims: range(claims).map((i) => found.get(i)!),
      rows: rows.sort((a, b) => order(a) - order(b)),
    };
  } finally {
    workers.forEach((worker) => worker.end());
  }
}

/** A worker that is asked one thing at a time. */
class Asker {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

  ask(what: Begin | Job): Promise<Done> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }) => resolve(data);
      this.#worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      this.#worker.postMessage(what);
    });
  }

  end(): void {
    this.#worker.terminate();
  }
}

function range(length: number): number[] {
  return [...Array(length).keys()];
}
