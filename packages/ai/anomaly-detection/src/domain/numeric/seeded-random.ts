import { randomStream } from './random-stream.ts'

/**
 * @param seed - any safe integer; its low 53 bits count
 * @returns a function that answers the next number in [0, 1), a multiple of 2^-32: see `randomStream`
 */
export function seededRandom(seed: number): () => number {
  return randomStream(seed).next
}
