/** The longer suite's sweeps of a large model, where an `_io_test.ts` cannot be named. */
import "../sweep_io_test.ts";
