/** Questions 01 to 03; library.ts says why they share a file. */
import "../runtime/testing/give_back.ts";

import "../../spec/01_earlier_tokens_test.ts";
import "../../spec/02_order_in_the_stream_test.ts";
import "../../spec/03_few_paths_test.ts";
