/** Streams whose changes are known. */

/** What one is made of: the next item, before and after its change. */
export interface SimulatedStream {
  readonly name: string
  /** @param random - uniform on [0, 1) */
  readonly before: (random: () => number) => number
  readonly after: (random: () => number) => number
}

/** Normal numbers whose mean moves by a standard deviation. */
export const NUMBERS: SimulatedStream = {
  name: 'normal numbers, the mean moves by 1 sd',
  before: (random) => normal(random),
  after: (random) => 1 + normal(random),
}

/** The same on a scale of 0 to 1. */
export const SHARES: SimulatedStream = {
  name: 'numbers in [0, 1], sd 1/12, the mean moves by 1 sd',
  before: (random) => clipped(0.5 + normal(random) / 12),
  after: (random) => clipped(0.5 + (1 + normal(random)) / 12),
}

/** Errors that become three times as many. */
export const ERRORS: SimulatedStream = {
  name: 'errors, 10 % become 30 %',
  before: (random) => (random() < 0.1 ? 1 : 0),
  after: (random) => (random() < 0.3 ? 1 : 0),
}

/** Uniform numbers, the same in each run. Source: T. Gillespie (2017), mulberry32. */
export function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A standard normal number (G. Box, M. Muller, 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function clipped(value: number): number {
  return Math.min(1, Math.max(0, value))
}
