/**
 * A model's learned state as JSON text and back, bit for bit: typed arrays are written as base64 of their
 * little-endian bytes under a `$typedArray` key.
 */
import { AnomalyDetectionError } from '../domain/errors.ts'

const KEY = '$typedArray'
const CHUNK = 0x8000 // String.fromCharCode takes no more arguments than the stack holds

const constructors = { Float64Array, Int32Array, Uint32Array, Int8Array, Uint8Array } as const

/** Plain data with every typed array encoded, ready for `JSON.stringify`. */
export function encodeState(state: unknown): unknown {
  for (const [name, constructor] of Object.entries(constructors)) {
    if (state instanceof constructor) return { [KEY]: name, base64: base64Of(state) }
  }
  if (Array.isArray(state)) return state.map(encodeState)
  if (typeof state !== 'object' || state === null) return state
  return Object.fromEntries(Object.entries(state).map(([key, value]) => [key, encodeState(value)]))
}

/** The inverse of `encodeState`. @throws AnomalyDetectionError `corrupt-model` where an encoded array is not one */
export function decodeState(encoded: unknown): unknown {
  if (Array.isArray(encoded)) return encoded.map(decodeState)
  if (typeof encoded !== 'object' || encoded === null) return encoded
  if (KEY in encoded) return typedArrayOf(encoded)
  return Object.fromEntries(Object.entries(encoded).map(([key, value]) => [key, decodeState(value)]))
}

function base64Of(array: ArrayBufferView): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}

function typedArrayOf(encoded: object): unknown {
  const { [KEY]: name, base64 } = encoded as { readonly [KEY]?: unknown; readonly base64?: unknown }
  const constructor = Object.entries(constructors).find(([known]) => known === name)?.[1]
  if (constructor === undefined || typeof base64 !== 'string') throw corrupt(`${String(name)} is no known array kind`)
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = bytesOf(atob(base64))
  } catch (cause) {
    throw corrupt('an array is not valid base64', cause)
  }
  if (bytes.length % constructor.BYTES_PER_ELEMENT !== 0) throw corrupt('an array is cut short')
  return new constructor(bytes.buffer)
}

// `Uint8Array.from` with a function takes twenty times as long, most of the time that loading a model takes.
function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

function corrupt(reason: string, cause?: unknown): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/corrupt-model',
    `the stored model is damaged: ${reason}`,
    {},
    cause,
  )
}
