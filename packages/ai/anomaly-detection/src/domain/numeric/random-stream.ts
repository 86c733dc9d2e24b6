/**
 * A small fast generator with a 128-bit state: the same seed gives the same numbers on every machine.
 * Source: D. Blackman, S. Vigna (2021), Scrambled Linear Pseudorandom Number Generators: xoshiro128**; its state is
 * filled from the seed by splitmix32.
 */
import { AnomalyDetectionError } from '../errors.ts'

/** Four unsigned 32-bit integers, not all 0. */
export type RandomStreamState = readonly [number, number, number, number]

/** Randomness that can be stopped and gone on with. */
export interface RandomStream {
  /** The next number in [0, 1), a multiple of 2^-32. */
  readonly next: () => number
  /** Where it stands, as plain JSON data for `randomStream`. */
  readonly toJSON: () => RandomStreamState
}

/**
 * @param from - a seed, any safe integer whose low 53 bits count; or where another stream stood
 * @throws AnomalyDetectionError `anomaly-detection/invalid-stream-state` where a state is not four such numbers
 */
export function randomStream(from: number | RandomStreamState): RandomStream {
  let [a, b, c, d] = typeof from === 'number' ? seeded(from) : checked(from)
  const next = (): number => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return (result >>> 0) / 4294967296
  }
  return { next, toJSON: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0] }
}

function seeded(seed: number): RandomStreamState {
  let mix = (seed | 0) ^ Math.imul(Math.floor(seed / 4294967296) | 0, 0x85ebca6b)
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) | 0
    let z = mix
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  return [splitmix(), splitmix(), splitmix(), splitmix() | 1] // an all-zero state would stay zero for ever
}

function checked(state: RandomStreamState): RandomStreamState {
  const valid = state.length === 4 && state.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)
  if (!valid || state.every((word) => word === 0))
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-stream-state',
      'the state of a random stream is four integers from 0 to 4294967295, not all of them 0',
    )
  return state
}
