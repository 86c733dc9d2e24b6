import { argsort } from '../numeric/argsort.ts'
import type { WasmMemory } from '../wasm/instantiate.ts'

/** What sorts in assembly/tail-ranks.ts, where the arguments are described. */
export interface SortingKernel {
  readonly memory: WasmMemory
  readonly widen: (values: number, from: number, to: number) => void
  readonly fitKeys: () => number
  readonly countBuckets: (values: number, from: number, to: number, counts: number, shift: number) => void
  readonly deal: (values: number, from: number, to: number, counts: number, shift: number, entries: number) => void
  readonly sortBuckets: (
    entries: number,
    from: number,
    to: number,
    ends: number,
    shift: number,
    places: number,
    sorted: number,
    order: number,
  ) => number
  readonly placeEntries: (values: number, from: number, to: number, entries: number, counts: number) => void
  readonly makeEntries: (values: number, from: number, to: number, entries: number, counts: number) => void
  readonly offsetsOf: (counts: number, digit: number, n: number) => number
  readonly scatter: (entries: number, from: number, to: number, counts: number, digit: number, out: number) => void
  readonly settle: (
    values: number,
    entries: number,
    from: number,
    to: number,
    n: number,
    sorted: number,
    order: number,
  ) => number
}

/** Where a column is sorted in the kernel's memory. */
export interface SortingPlace {
  /** 24 KB to count in. */
  readonly countsAt: number
  /** The m values to sort; they are lost. */
  readonly valuesAt: number
  /** 16 m bytes. */
  readonly entriesAt: number
  /** 4 m bytes: the indices of the sorted values. */
  readonly orderAt: number
}

/** Values a call: V8 compiles a kernel well only between calls, so they must be short. */
export const CHUNK: number = 2 ** 15

/** Bytes that counting takes: three tables of 2,048. */
export const COUNTING_BYTES: number = 3 * 2048 * 4

const KEY_BITS = 30
const BUCKET_BITS = 10
const BUCKETS_A_CALL = 32
const PLACES_AT = 4 << BUCKET_BITS // behind the buckets' counts

/**
 * From so many values on they are dealt into buckets first, which the core's cache holds. Ns a value, buckets / digits:
 * 100,000 6.9 / 5.4, 1,000,000 10.4 / 13.5; by the digits of the bits 5.9 and 16.7.
 */
const MANY = 300_000

/** Sorts a column of m values. @returns where the sorted values stand: in `valuesAt`, or 8 m bytes of `entriesAt` */
export function sortColumn(kernel: SortingKernel, place: SortingPlace, m: number): number {
  const column = new Float64Array(kernel.memory.buffer, place.valuesAt, m)
  forChunks(m, (from, to) => kernel.widen(place.valuesAt, from, to))
  if (isSpread(column, kernel.fitKeys())) {
    const sortedAt = m < MANY ? byDigits(kernel, place, m, 'place') : inBuckets(kernel, place, column)
    if (sortedAt !== undefined) return sortedAt
  }
  const sortedAt = byDigits(kernel, place, m, 'bits')
  if (sortedAt !== undefined) return sortedAt
  sortPlainly(column, kernel, place)
  return place.entriesAt
}

/** Calls for values [from, to) in turn. */
export function forChunks(m: number, work: (from: number, to: number) => void): void {
  for (let from = 0; from < m; from += CHUNK) work(from, Math.min(from + CHUNK, m))
}

const SAMPLE = 32
const NUMBERS_OF_PLACES = 2 ** 22
const CROWD = 4 // values that may share a place in the middle of the distribution

// Where a few values lie far out, most others share few of the range's equal parts; a sample tells.
function isSpread(column: Float64Array, range: number): boolean {
  if (range === 0) return false
  const m = column.length
  const sample = new Float64Array(SAMPLE)
  for (let i = 0; i < SAMPLE; i++) sample[i] = column[Math.floor((i * m) / SAMPLE)] ?? 0
  sample.sort()
  const middleHalf = (sample[(SAMPLE * 3) / 4] ?? 0) - (sample[SAMPLE / 4] ?? 0)
  return middleHalf * NUMBERS_OF_PLACES * CROWD >= (m / 2) * range
}

/** Undefined where a run of values with one key is too long. */
function byDigits(
  kernel: SortingKernel,
  { countsAt, valuesAt, entriesAt, orderAt }: SortingPlace,
  m: number,
  key: 'place' | 'bits',
): number | undefined {
  let [ordered, other] = [entriesAt, entriesAt + m * 8]
  const make = key === 'place' ? kernel.placeEntries : kernel.makeEntries
  new Uint8Array(kernel.memory.buffer, countsAt, COUNTING_BYTES).fill(0)
  forChunks(m, (from, to) => make(valuesAt, from, to, ordered, countsAt))
  for (let digit = 0; digit < (key === 'place' ? 2 : 3); digit++) {
    if (kernel.offsetsOf(countsAt, digit, m) === 0) continue
    forChunks(m, (from, to) => kernel.scatter(ordered, from, to, countsAt, digit, other))
    ;[ordered, other] = [other, ordered]
  }
  for (let at = 0; at < m;) {
    at = kernel.settle(valuesAt, ordered, at, Math.min(at + CHUNK, m), m, other, orderAt)
    if (at < 0) return undefined
  }
  return other
}

/** Undefined where too many values lie too close together; the column is then as it was. */
function inBuckets(
  kernel: SortingKernel,
  { countsAt, valuesAt, entriesAt, orderAt }: SortingPlace,
  column: Float64Array,
): number | undefined {
  const m = column.length
  const shift = KEY_BITS - BUCKET_BITS
  const ends = new Uint32Array(kernel.memory.buffer, countsAt, 1 << BUCKET_BITS).fill(0)
  forChunks(m, (from, to) => kernel.countBuckets(valuesAt, from, to, countsAt, shift))
  let offset = 0
  for (let bucket = 0; bucket < ends.length; bucket++) {
    const count = ends[bucket] ?? 0
    ends[bucket] = offset
    offset += count
  }
  forChunks(m, (from, to) => kernel.deal(valuesAt, from, to, countsAt, shift, entriesAt))
  for (let from = 0; from < ends.length; from += BUCKETS_A_CALL) {
    const to = from + BUCKETS_A_CALL
    if (kernel.sortBuckets(entriesAt, from, to, countsAt, shift, countsAt + PLACES_AT, valuesAt, orderAt) !== 0)
      continue
    const values = new Float64Array(kernel.memory.buffer, entriesAt, m * 2)
    const indices = new Uint32Array(kernel.memory.buffer, entriesAt, m * 4)
    for (let i = 0; i < m; i++) column[indices[i * 4 + 2] ?? 0] = values[i * 2] ?? 0
    return undefined
  }
  return valuesAt
}

/** For columns in which many values differ in their lower bits alone. */
function sortPlainly(column: Float64Array, kernel: SortingKernel, { entriesAt, orderAt }: SortingPlace): void {
  const m = column.length
  const order = new Uint32Array(kernel.memory.buffer, orderAt, m)
  const sorted = new Float64Array(kernel.memory.buffer, entriesAt, m)
  order.set(argsort(column))
  for (let i = 0; i < m; i++) sorted[i] = column[order[i] ?? 0] ?? 0
}
