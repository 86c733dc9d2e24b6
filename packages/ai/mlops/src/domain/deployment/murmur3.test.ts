import { expect, it } from 'vitest'

import { murmur3 } from './murmur3.ts'

// Golden: mmh3 5.3.1 (Python), mmh3.hash(text, seed, signed=False).
it.each([
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['hello', 0, 0x248bfa47],
  ['hello, world', 0, 0x149bbb7f],
  ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
  ['a', 7, 0xeddd7e27],
  ['ab', 7, 0xfe2a26ff],
  ['abc', 7, 0x381356a9],
  ['abcd', 0xffffffff, 0x2b7dc558],
  ['Grüße €', 42, 0xc79b298e],
  ['customer-17', -5, 0x288dc9d4],
])('hashes %j with seed %d', (text, seed, expected) => {
  expect(murmur3(text, seed)).toBe(expected)
})
