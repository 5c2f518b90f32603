/**
 * For tests that compare bits between batches of different sizes: a width at which every row begins
 * at a multiple of 64 bytes, as in real models. Elsewhere onnxruntime-node cuts the sum over a row
 * up by where the row lies in memory, and the last bit hangs on that.
 */
export const EVEN = 16;
