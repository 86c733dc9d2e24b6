/**
 * Points of a series in few bytes: times and steps as differences in variable-length integers, values with the first
 * bytes of all doubles together, then the second and so on, because neighbours share sign and exponent; then deflate.
 * Not zstd: Node 22.13 lacks it, and a file must open wherever the package runs.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'

import { MlopsError } from '../../../domain/errors.ts'
import type { StoredPoint } from './stored-point.ts'

const FORMAT = 1
const DOUBLE = 8
// A difference of two safe integers takes at most 8 bytes of 7 bits; the sign one more bit.
const LONGEST_INTEGER = 8

/** The points as bytes, in the order given. */
export function packPoints(points: ReadonlyArray<StoredPoint>): Uint8Array {
  const body = new Uint8Array(points.length * (2 * LONGEST_INTEGER + DOUBLE))
  let end = writeDifferences(
    body,
    0,
    points.map(({ at }) => at),
  )
  end = writeDifferences(
    body,
    end,
    points.map(({ step }) => step),
  )
  const values = Float64Array.from(points, ({ value, isNan }) => (isNan === 1 ? Number.NaN : value))
  const bytes = new Uint8Array(values.buffer)
  for (let place = 0; place < DOUBLE; place++)
    for (let i = 0; i < points.length; i++) body[end++] = bytes[i * DOUBLE + place] ?? 0
  const packed = deflateRawSync(body.subarray(0, end), { level: 9 })
  const chunk = new Uint8Array(1 + packed.length)
  chunk[0] = FORMAT
  chunk.set(packed, 1)
  return chunk
}

/** The points of `packPoints`. @throws MlopsError `mlops/corrupt-store` */
export function unpackPoints(chunk: Uint8Array, count: number): ReadonlyArray<StoredPoint> {
  const body = inflated(chunk)
  const reader = { body, at: 0 }
  const times = readDifferences(reader, count)
  const steps = readDifferences(reader, count)
  if (body.length - reader.at !== count * DOUBLE) throw damaged('its length is wrong')
  const bytes = new Uint8Array(count * DOUBLE)
  for (let place = 0; place < DOUBLE; place++)
    for (let i = 0; i < count; i++) bytes[i * DOUBLE + place] = body[reader.at++] ?? 0
  return Array.from(new Float64Array(bytes.buffer), (value, i) => ({
    at: times[i] ?? 0,
    step: steps[i] ?? 0,
    value: Number.isNaN(value) ? 0 : value,
    isNan: Number.isNaN(value) ? 1 : 0,
  }))
}

function inflated(chunk: Uint8Array): Uint8Array {
  if (chunk[0] !== FORMAT) throw damaged(`its format is ${chunk[0]}, not ${FORMAT}`)
  try {
    return inflateRawSync(chunk.subarray(1))
  } catch (error) {
    throw damaged('it does not inflate', error)
  }
}

function damaged(why: string, cause?: unknown): MlopsError {
  return new MlopsError('mlops/corrupt-store', `a compacted series cannot be read: ${why}`, {}, cause)
}

// Arithmetic instead of bit operations: differences go beyond 32 bits. Whole numbers below 2^54 are exact but for odd
// ones above 2^53, so the sign is a bit of its own in the first byte.
function writeDifferences(body: Uint8Array, start: number, numbers: ReadonlyArray<number>): number {
  let end = start
  let before = 0
  let slope = 0
  for (const number of numbers) {
    const difference = number - before
    const change = difference - slope
    // The second difference of wild numbers may leave what a double counts exactly: then the series is not packed.
    if (!Number.isSafeInteger(difference) || !Number.isSafeInteger(change)) throw new RangeError('not packable')
    end = writeInteger(body, end, change)
    before = number
    slope = difference
  }
  return end
}

function writeInteger(body: Uint8Array, start: number, number: number): number {
  let end = start
  let rest = Math.abs(number)
  body[end++] = (number < 0 ? 0x40 : 0) | (rest % 0x40) | (rest >= 0x40 ? 0x80 : 0)
  for (rest = Math.floor(rest / 0x40); rest > 0; rest = Math.floor(rest / 0x80))
    body[end++] = (rest % 0x80) | (rest >= 0x80 ? 0x80 : 0)
  return end
}

function readDifferences(reader: { readonly body: Uint8Array; at: number }, count: number): ReadonlyArray<number> {
  const numbers: number[] = []
  let before = 0
  let slope = 0
  for (let i = 0; i < count; i++) {
    slope += readInteger(reader)
    before += slope
    numbers.push(before)
  }
  return numbers
}

function readInteger(reader: { readonly body: Uint8Array; at: number }): number {
  let byte = reader.body[reader.at++] ?? 0
  const sign = (byte & 0x40) === 0 ? 1 : -1
  let number = byte & 0x3f
  for (let scale = 0x40; (byte & 0x80) !== 0; scale *= 0x80) {
    byte = reader.body[reader.at++] ?? 0
    number += (byte & 0x7f) * scale
  }
  return sign * number
}
