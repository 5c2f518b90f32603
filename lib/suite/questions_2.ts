/** Questions 04 to 08; library.ts says why they share a file. */
import "../runtime/testing/give_back.ts";

import "../../spec/04_where_heads_look_test.ts";
import "../../spec/05_width_of_the_stream_test.ts";
import "../../spec/06_window_and_length_test.ts";
import "../../spec/07_context_size_test.ts";
import "../../spec/08_concatenate_or_widen_test.ts";
