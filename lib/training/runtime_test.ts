/**
 * The tests of training that need the runtime. Starting it takes a third of a second in each file of
 * tests, so there is one, and the cases lie in `testing/`.
 */
import "../../fixtures/runtime.ts";
import "./testing/gradients_cases.ts";
import "./testing/training_graph_cases.ts";
import "./testing/loop_cases.ts";
import "./testing/finish_cases.ts";
