/**
 * A small fast generator with a 128-bit state: the same seed gives the same numbers on every machine.
 * Source: D. Blackman, S. Vigna (2021), Scrambled Linear Pseudorandom Number Generators: xoshiro128**; its state is
 * filled from the seed by splitmix32.
 */

/**
 * @param seed - any safe integer; its low 53 bits count
 * @returns a function that answers the next number in [0, 1), a multiple of 2^-32
 */
export function seededRandom(seed: number): () => number {
  let mix = (seed | 0) ^ Math.imul(Math.floor(seed / 4294967296) | 0, 0x85ebca6b)
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) | 0
    let z = mix
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = splitmix()
  let b = splitmix()
  let c = splitmix()
  let d = splitmix() | 1 // an all-zero state would stay zero for ever
  return () => {
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
}
