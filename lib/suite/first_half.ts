/**
 * Questions 01 to 08: half of what plain `deno test` runs.
 *
 * It is given two files, one for each of two cores, that import all others. Every file that it is
 * given gets an isolate of its own, and one that starts the runtime and compiles the library anew
 * costs a second or two: with a file for each question that was a third of the suite's work. Any
 * single file can still be run by its name, and a new question needs no line here.
 */
import "../runtime/testing/runtime.ts";

import "../../spec/01_earlier_tokens_test.ts";
import "../../spec/02_order_in_the_stream_test.ts";
import "../../spec/03_few_paths_test.ts";
import "../../spec/04_where_heads_look_test.ts";
import "../../spec/05_width_of_the_stream_test.ts";
import "../../spec/06_window_and_length_test.ts";
import "../../spec/07_context_size_test.ts";
import "../../spec/08_concatenate_or_widen_test.ts";
