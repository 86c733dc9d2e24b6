import type { Cell } from '../cell.ts'

/** Name of the hash: kept with the registers, for only the same hash can be merged. */
export const VALUE_HASH = 'nomaly-murmur3-1'

/** 12 bits that choose a register and the 52 that follow. */
export interface HashParts {
  register: number
  rest: number
}

/** Two murmur3 hashes of 32 bits over the text of the value. Writes into `into`, as it runs once for every cell. */
export function hashCell(cell: Cell, into: HashParts): void {
  const text = typeof cell === 'string' ? cell : String(cell)
  const high = murmur3(text, 0x9747b28c)
  const low = murmur3(text, 0x3c6ef372)
  into.register = high & 4095
  into.rest = (high >>> 12) * 4_294_967_296 + low
}

// Source: A. Appleby, MurmurHash3_x86_32, over UTF-16 units taken two at a time.
function murmur3(text: string, seed: number): number {
  let hash = seed
  const even = text.length & ~1
  for (let i = 0; i < even; i += 2) {
    hash = mixed(hash, text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16))
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  if (even < text.length) hash = mixed(hash, text.charCodeAt(even))
  hash ^= text.length * 2
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function mixed(hash: number, block: number): number {
  const k = Math.imul(block, 0xcc9e2d51)
  return hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593)
}
