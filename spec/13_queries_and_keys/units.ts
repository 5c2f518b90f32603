/** What the answer's figures are in. */
export const NATS = { digits: 3, unit: "nats" };
export const PERCENT = { digits: 0, percent: true };
