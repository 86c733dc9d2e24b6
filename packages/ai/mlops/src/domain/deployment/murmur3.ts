/**
 * MurmurHash3 (x86, 32 bits) of a text's UTF-8 bytes: an even spread, the same on every machine, no secrecy.
 * Source: A. Appleby, MurmurHash3.cpp, MurmurHash3_x86_32.
 */
export function murmur3(text: string, seed: number): number {
  const bytes = new TextEncoder().encode(text)
  const view = new DataView(bytes.buffer)
  const blocks = bytes.length >>> 2
  let hash = seed | 0
  for (let i = 0; i < blocks; i += 1) {
    hash ^= mixed(view.getInt32(4 * i, true))
    hash = (Math.imul(rotated(hash, 13), 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let i = bytes.length - 1; i >= 4 * blocks; i -= 1) tail = (tail << 8) | (bytes[i] ?? 0)
  hash ^= mixed(tail) ^ bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function mixed(block: number): number {
  return Math.imul(rotated(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593)
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}
