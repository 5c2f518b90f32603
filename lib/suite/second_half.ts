/** The library, and questions 09 to 13: the other half of what plain `deno test` runs. */
import "../runtime/testing/runtime.ts";

import "./library.ts";
import "../../spec/09_every_position_test.ts";
import "../../spec/10_mlps_and_other_tokens_test.ts";
import "../../spec/11_pattern_is_an_activation_test.ts";
import "../../spec/12_attention_only_test.ts";
import "../../spec/13_queries_and_keys_test.ts";
