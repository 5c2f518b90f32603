// deno-fmt-ignore-file
// Written by `deno task tests`: every test that needs no permission, in one isolate.
import "./runtime/testing/give_back.ts";
import { gatherSpecs } from "./cli/gathered_specs.ts";
import config from "../deno.json" with { type: "json" };
import "../fixtures/fixture_test.ts";
import "../fixtures/subjects/autoencoders_test.ts";
import "../fixtures/subjects/before_training_test.ts";
import "../fixtures/subjects/cards_test.ts";
import "../fixtures/subjects/trained_test.ts";
import "../fixtures/texts/held_out_test.ts";
import "../fixtures/texts/reading_test.ts";
import "./circuits/attention/attention_budget_test.ts";
import "./circuits/attention/attention_linearity_test.ts";
import "./circuits/attention/attention_sink_test.ts";
import "./circuits/attention/averaged_values_test.ts";
import "./circuits/attention/cost_of_length_test.ts";
import "./circuits/attention/patterns_test.ts";
import "./circuits/attention/query_key_test.ts";
import "./circuits/heads/ablation_test.ts";
import "./circuits/heads/composition_test.ts";
import "./circuits/heads/cut_paths_test.ts";
import "./circuits/heads/detect_heads_test.ts";
import "./circuits/heads/direct_and_total_test.ts";
import "./circuits/heads/effective_number_test.ts";
import "./circuits/heads/logit_attribution_test.ts";
import "./circuits/heads/path_summary_test.ts";
import "./circuits/heads/paths_test.ts";
import "./circuits/heads/random_directions_test.ts";
import "./circuits/losses/best_guesses_test.ts";
import "./circuits/losses/calibrated_losses_test.ts";
import "./circuits/losses/continuation_test.ts";
import "./circuits/losses/divergence_test.ts";
import "./circuits/losses/logit_formula_test.ts";
import "./circuits/losses/loss_by_size_test.ts";
import "./circuits/losses/loss_test.ts";
import "./circuits/losses/total_probability_test.ts";
import "./circuits/losses/windows_test.ts";
import "./circuits/stream/cost_of_width_test.ts";
import "./circuits/stream/equivariance_test.ts";
import "./circuits/stream/influence_test.ts";
import "./circuits/stream/linear_probe_test.ts";
import "./circuits/stream/nonlinear_operations_test.ts";
import "./circuits/stream/one_hot_lookup_test.ts";
import "./circuits/stream/principal_components_test.ts";
import "./circuits/stream/residual_sum_test.ts";
import "./circuits/stream/similarity_test.ts";
import "./circuits/stream/subspaces_test.ts";
import "./circuits/stream/superposition_test.ts";
import "./circuits/stream/token_order_test.ts";
import "./circuits/texts/draw_repeats_test.ts";
import "./circuits/texts/draw_tokens_test.ts";
import "./circuits/texts/in_batches_test.ts";
import "./claims/ask_test.ts";
import "./claims/before/as_before_test.ts";
import "./claims/bound_test.ts";
import "./claims/control_test.ts";
import "./claims/draw_test.ts";
import "./claims/every_model_test.ts";
import "./claims/evidence_test.ts";
import "./claims/few_test.ts";
import "./claims/location_test.ts";
import "./claims/names_test.ts";
import "./claims/no_exit_test.ts";
import "./claims/pictures/checked_test.ts";
import "./claims/pictures/pictures_test.ts";
import "./claims/plan_test.ts";
import "./claims/prose/essay_check_test.ts";
import "./claims/prose/fields_test.ts";
import "./claims/prose/formula_test.ts";
import "./claims/prose/handle_test.ts";
import "./claims/prose/number_test.ts";
import "./claims/prose/prose_check_test.ts";
import "./claims/prose/prose_test.ts";
import "./claims/prose/suggestion_check_test.ts";
import "./claims/prose/suggestion_test.ts";
import "./claims/prose/terms_test.ts";
import "./claims/question_record_test.ts";
import "./claims/register_test.ts";
import "./claims/run_test.ts";
import "./claims/spec_file_test.ts";
import "./claims/subject_test.ts";
import "./claims/verdict_test.ts";
import "./claims/yours_test.ts";
import "./cli/check_test.ts";
import "./cli/duration_test.ts";
import "./cli/fixtures/differences_test.ts";
import "./cli/fixtures/loss_picture_test.ts";
import "./cli/fixtures/models_index_test.ts";
import "./cli/fixtures/readme_test.ts";
import "./cli/gather_tests_test.ts";
import "./cli/hub/repository_test.ts";
import "./cli/ledger/gpt2_small_test.ts";
import "./cli/ledger/ledger_test.ts";
import "./cli/mutants/ask_test.ts";
import "./cli/readable_test.ts";
import "./cli/report/answers/compare_test.ts";
import "./cli/report/answers/figures_in_prose_test.ts";
import "./cli/report/answers/merge_test.ts";
import "./cli/report/ended_tests_test.ts";
import "./cli/report/options_test.ts";
import "./cli/report/screen/closing_test.ts";
import "./cli/report/screen/failure_lines_test.ts";
import "./cli/report/screen/file_progress_test.ts";
import "./cli/report/screen/look_test.ts";
import "./cli/report/screen/progress_lines_test.ts";
import "./cli/report/screen/progress_test.ts";
import "./cli/sabotage/options_test.ts";
import "./cli/train/list_test.ts";
import "./cli/train/options_test.ts";
import "./cli/train/progress_test.ts";
import "./cli/train/summary_test.ts";
import "./cli/verify/estimate_test.ts";
import "./cli/verify/options_test.ts";
import "./cli/watch/saves_test.ts";
import "./cli/watch/unchanged_claims_test.ts";
import "./cli/watch/watched_page_test.ts";
import "./model/autoencoder/autoencoder_test.ts";
import "./model/autoencoder/files_test.ts";
import "./model/checkpoint/export_checkpoint_test.ts";
import "./model/checkpoint/hostile_configs_test.ts";
import "./model/checkpoint/hostile_tokenizers_test.ts";
import "./model/checkpoint/hostile_weights_test.ts";
import "./model/checkpoint/odd_and_sound_test.ts";
import "./model/checkpoint/open_checkpoint_test.ts";
import "./model/checkpoint/read_tokenizer_test.ts";
import "./model/config_test.ts";
import "./model/count_test.ts";
import "./model/files/card_test.ts";
import "./model/files/gpt2_config_test.ts";
import "./model/files/gpt2_names_test.ts";
import "./model/files/json_test.ts";
import "./model/files/llama_config_test.ts";
import "./model/files/llama_names_test.ts";
import "./model/files/load_model_test.ts";
import "./model/files/onnx_file_test.ts";
import "./model/files/safetensors_header_test.ts";
import "./model/files/safetensors_test.ts";
import "./model/files/save_model_test.ts";
import "./model/files/sha256_test.ts";
import "./model/graph/build_test.ts";
import "./model/graph/frequencies_test.ts";
import "./model/graph/positions_test.ts";
import "./model/graph/rewrite_test.ts";
import "./model/graph/transformer_test.ts";
import "./model/heads_test.ts";
import "./model/hooks_test.ts";
import "./model/init_test.ts";
import "./model/model_test.ts";
import "./model/needs_test.ts";
import "./model/params_test.ts";
import "./model/position_scaling_test.ts";
import "./model/presets_test.ts";
import "./model/reference/maths_test.ts";
import "./model/reference/reference_test.ts";
import "./model/sabotages/alibi_test.ts";
import "./model/sabotages/as_another_model_test.ts";
import "./model/sabotages/cache_test.ts";
import "./model/sabotages/catalogue_test.ts";
import "./model/sabotages/chosen_test.ts";
import "./model/sabotages/embedding_test.ts";
import "./model/sabotages/heads_test.ts";
import "./model/sabotages/mask_test.ts";
import "./model/sabotages/mlp_test.ts";
import "./model/sabotages/mod_test.ts";
import "./model/sabotages/patches_test.ts";
import "./model/sabotages/pattern_test.ts";
import "./model/sabotages/positions_test.ts";
import "./model/sabotages/queries_and_keys_test.ts";
import "./model/sabotages/sabotage_test.ts";
import "./model/sabotages/stream_test.ts";
import "./model/sabotages/token_shift_test.ts";
import "./model/tokenizer/tokenizer_test.ts";
import "./model/tokens_test.ts";
import "./model/variants/change_of_basis_test.ts";
import "./model/variants/collapse_test.ts";
import "./model/variants/concatenate_test.ts";
import "./model/variants/own_keys_test.ts";
import "./model/variants/reflected_stream_test.ts";
import "./model/variants/shorten_test.ts";
import "./model/variants/split_heads_test.ts";
import "./model/variants/stretch_test.ts";
import "./onnx/graph_test.ts";
import "./onnx/shapes_test.ts";
import "./report/charts/cell_numbers_test.ts";
import "./report/charts/chart_test.ts";
import "./report/charts/illustrations/arcs_test.ts";
import "./report/charts/illustrations/illustration_test.ts";
import "./report/charts/illustrations/product_test.ts";
import "./report/charts/illustrations/routes_test.ts";
import "./report/charts/illustrations/sentence_test.ts";
import "./report/charts/illustrations/vectors_test.ts";
import "./report/charts/labels_test.ts";
import "./report/charts/margin_line_test.ts";
import "./report/charts/quantity_test.ts";
import "./report/charts/scales_test.ts";
import "./report/charts/schematic_test.ts";
import "./report/charts/shade_test.ts";
import "./report/charts/svg_test.ts";
import "./report/charts/ticks_test.ts";
import "./report/document/document_test.ts";
import "./report/document/evidence_text_test.ts";
import "./report/document/figure_table_test.ts";
import "./report/document/findings_test.ts";
import "./report/document/illustration_table_test.ts";
import "./report/document/ledger_test.ts";
import "./report/document/margin_test.ts";
import "./report/document/measured_test.ts";
import "./report/document/models_table_test.ts";
import "./report/document/remarks_test.ts";
import "./report/document/rerun_line_test.ts";
import "./report/document/runs_table_test.ts";
import "./report/document/words_test.ts";
import "./report/document/yours_test.ts";
import "./report/escape_test.ts";
import "./report/evidence_test.ts";
import "./report/html/contents_test.ts";
import "./report/html/layout_test.ts";
import "./report/html/question_page_test.ts";
import "./report/html/table_test.ts";
import "./report/json_test.ts";
import "./report/junit_test.ts";
import "./report/live/address_test.ts";
import "./report/live/bench_test.ts";
import "./report/live/describe_test.ts";
import "./report/live/maths/correctly_rounded_test.ts";
import "./report/live/maths/double_double_test.ts";
import "./report/live/maths/install_test.ts";
import "./report/live/offers_test.ts";
import "./report/live/page/host_test.ts";
import "./report/live/page/load_pack_test.ts";
import "./report/live/page/reading_in_words_test.ts";
import "./report/live/page/state_test.ts";
import "./report/live/page/sums_test.ts";
import "./report/live/reader_test.ts";
import "./report/live/same_numbers_test.ts";
import "./report/live/worker_test.ts";
import "./report/loading_errors_test.ts";
import "./report/markdown/page_test.ts";
import "./report/matrix/join_test.ts";
import "./report/matrix/matrix_test.ts";
import "./report/matrix/render_test.ts";
import "./report/matrix/stryker_test.ts";
import "./report/matrix/unexplained_test.ts";
import "./report/numbers_test.ts";
import "./report/plain_text_test.ts";
import "./report/preview/preview_test.ts";
import "./report/preview/raster_test.ts";
import "./report/prose_test.ts";
import "./report/reconcile_test.ts";
import "./report/render_test.ts";
import "./report/schema_test.ts";
import "./runtime/autoencoder_test.ts";
import "./runtime/batches_test.ts";
import "./runtime/decoder_test.ts";
import "./runtime/forward_test.ts";
import "./runtime/interventions_test.ts";
import "./runtime/memory_test.ts";
import "./runtime/parts_test.ts";
import "./runtime/pool_test.ts";
import "./runtime/run_test.ts";
import "./runtime/session_test.ts";
import "./runtime/settle_test.ts";
import "./runtime/sweep_test.ts";
import "./std/assert/mod_test.ts";
import "./std/cli/parse_args_test.ts";
import "./std/testing/mock_test.ts";
import "./tensor/arithmetic_test.ts";
import "./tensor/compare_test.ts";
import "./tensor/least_squares_test.ts";
import "./tensor/matrix_test.ts";
import "./tensor/random_test.ts";
import "./tensor/rows_test.ts";
import "./tensor/statistics_test.ts";
import "./tensor/svd_test.ts";
import "./tensor/tensor_test.ts";
import "./training/adamw_test.ts";
import "./training/autoencoder_test.ts";
import "./training/clip_test.ts";
import "./training/data/batches_test.ts";
import "./training/data/bpe_test.ts";
import "./training/data/corpus_test.ts";
import "./training/data/induction_data_test.ts";
import "./training/data/kneser_ney_test.ts";
import "./training/data/ngrams_test.ts";
import "./training/data/own_bigram_test.ts";
import "./training/data/repeats_test.ts";
import "./training/data/text_data_test.ts";
import "./training/data/tokenizer_test.ts";
import "./training/evaluate_test.ts";
import "./training/finish_test.ts";
import "./training/gradients/autodiff_test.ts";
import "./training/gradients/cross_entropy_test.ts";
import "./training/gradients/rules_test.ts";
import "./training/gradients/training_graph_test.ts";
import "./training/language_model_test.ts";
import "./training/loop_test.ts";
import "./training/recipe_test.ts";
import "./training/schedule_test.ts";
import "./training/snapshot_test.ts";

await gatherSpecs(config.test.include, {
  "spec/01_earlier_tokens/guesses_test.ts": () => import("../spec/01_earlier_tokens/guesses_test.ts"),
  "spec/01_earlier_tokens/predictions_test.ts": () => import("../spec/01_earlier_tokens/predictions_test.ts"),
  "spec/01_earlier_tokens/repeats_test.ts": () => import("../spec/01_earlier_tokens/repeats_test.ts"),
  "spec/01_earlier_tokens/twins_test.ts": () => import("../spec/01_earlier_tokens/twins_test.ts"),
  "spec/01_earlier_tokens_test.ts": () => import("../spec/01_earlier_tokens_test.ts"),
  "spec/02_order_in_the_stream_test.ts": () => import("../spec/02_order_in_the_stream_test.ts"),
  "spec/03_few_paths/breaks_test.ts": () => import("../spec/03_few_paths/breaks_test.ts"),
  "spec/03_few_paths/heads_test.ts": () => import("../spec/03_few_paths/heads_test.ts"),
  "spec/03_few_paths/paths_test.ts": () => import("../spec/03_few_paths/paths_test.ts"),
  "spec/03_few_paths/splitting_test.ts": () => import("../spec/03_few_paths/splitting_test.ts"),
  "spec/03_few_paths/written_test.ts": () => import("../spec/03_few_paths/written_test.ts"),
  "spec/03_few_paths_test.ts": () => import("../spec/03_few_paths_test.ts"),
  "spec/04_where_heads_look/averages_test.ts": () => import("../spec/04_where_heads_look/averages_test.ts"),
  "spec/04_where_heads_look/heads_test.ts": () => import("../spec/04_where_heads_look/heads_test.ts"),
  "spec/04_where_heads_look_test.ts": () => import("../spec/04_where_heads_look_test.ts"),
  "spec/05_width_of_the_stream/coordinates_test.ts": () => import("../spec/05_width_of_the_stream/coordinates_test.ts"),
  "spec/05_width_of_the_stream/sizes_test.ts": () => import("../spec/05_width_of_the_stream/sizes_test.ts"),
  "spec/05_width_of_the_stream_test.ts": () => import("../spec/05_width_of_the_stream_test.ts"),
  "spec/06_window_and_length/lengths_test.ts": () => import("../spec/06_window_and_length/lengths_test.ts"),
  "spec/06_window_and_length/reach_test.ts": () => import("../spec/06_window_and_length/reach_test.ts"),
  "spec/06_window_and_length_test.ts": () => import("../spec/06_window_and_length_test.ts"),
  "spec/07_context_size/gains_test.ts": () => import("../spec/07_context_size/gains_test.ts"),
  "spec/07_context_size/losses_test.ts": () => import("../spec/07_context_size/losses_test.ts"),
  "spec/07_context_size/weights_test.ts": () => import("../spec/07_context_size/weights_test.ts"),
  "spec/07_context_size_test.ts": () => import("../spec/07_context_size_test.ts"),
  "spec/08_concatenate_or_widen/areas_test.ts": () => import("../spec/08_concatenate_or_widen/areas_test.ts"),
  "spec/08_concatenate_or_widen/sizes_test.ts": () => import("../spec/08_concatenate_or_widen/sizes_test.ts"),
  "spec/08_concatenate_or_widen/toys_test.ts": () => import("../spec/08_concatenate_or_widen/toys_test.ts"),
  "spec/08_concatenate_or_widen_test.ts": () => import("../spec/08_concatenate_or_widen_test.ts"),
  "spec/09_every_position/lessons_test.ts": () => import("../spec/09_every_position/lessons_test.ts"),
  "spec/09_every_position/perplexity_test.ts": () => import("../spec/09_every_position/perplexity_test.ts"),
  "spec/09_every_position/prefixes_test.ts": () => import("../spec/09_every_position/prefixes_test.ts"),
  "spec/09_every_position/work_test.ts": () => import("../spec/09_every_position/work_test.ts"),
  "spec/09_every_position/writing_test.ts": () => import("../spec/09_every_position/writing_test.ts"),
  "spec/09_every_position_test.ts": () => import("../spec/09_every_position_test.ts"),
  "spec/10_mlps_and_other_tokens/reach_test.ts": () => import("../spec/10_mlps_and_other_tokens/reach_test.ts"),
  "spec/10_mlps_and_other_tokens_test.ts": () => import("../spec/10_mlps_and_other_tokens_test.ts"),
  "spec/11_pattern_is_an_activation/formula_test.ts": () => import("../spec/11_pattern_is_an_activation/formula_test.ts"),
  "spec/11_pattern_is_an_activation/freezing_test.ts": () => import("../spec/11_pattern_is_an_activation/freezing_test.ts"),
  "spec/11_pattern_is_an_activation/parameters_test.ts": () => import("../spec/11_pattern_is_an_activation/parameters_test.ts"),
  "spec/11_pattern_is_an_activation/two_texts_test.ts": () => import("../spec/11_pattern_is_an_activation/two_texts_test.ts"),
  "spec/11_pattern_is_an_activation/variation_test.ts": () => import("../spec/11_pattern_is_an_activation/variation_test.ts"),
  "spec/11_pattern_is_an_activation_test.ts": () => import("../spec/11_pattern_is_an_activation_test.ts"),
  "spec/12_attention_only/guesses_test.ts": () => import("../spec/12_attention_only/guesses_test.ts"),
  "spec/12_attention_only/heads_test.ts": () => import("../spec/12_attention_only/heads_test.ts"),
  "spec/12_attention_only/parts_test.ts": () => import("../spec/12_attention_only/parts_test.ts"),
  "spec/12_attention_only_test.ts": () => import("../spec/12_attention_only_test.ts"),
  "spec/13_queries_and_keys/controls_test.ts": () => import("../spec/13_queries_and_keys/controls_test.ts"),
  "spec/13_queries_and_keys/costs_test.ts": () => import("../spec/13_queries_and_keys/costs_test.ts"),
  "spec/13_queries_and_keys/looking_back_test.ts": () => import("../spec/13_queries_and_keys/looking_back_test.ts"),
  "spec/13_queries_and_keys/ranks_test.ts": () => import("../spec/13_queries_and_keys/ranks_test.ts"),
  "spec/13_queries_and_keys/scores_test.ts": () => import("../spec/13_queries_and_keys/scores_test.ts"),
  "spec/13_queries_and_keys/trained_alike_test.ts": () => import("../spec/13_queries_and_keys/trained_alike_test.ts"),
  "spec/13_queries_and_keys_test.ts": () => import("../spec/13_queries_and_keys_test.ts"),
});
