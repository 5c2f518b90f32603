/**
 * Something cannot be asked of a model for want of something in it, such as tokens in its vocabulary
 * or places in its window; the message says of what.
 */
export class Unfit extends RangeError {}
