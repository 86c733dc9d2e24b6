/** Source: Protocol Buffers, Encoding (protobuf.dev). Reads what may be hostile: every length is checked before it is used. */
import { AnomalyDetectionError } from '../../errors.ts'

/** One field of a message: an integer, or a stretch of the file that holds text, bytes, packed numbers or a message. */
export interface ProtobufField {
  readonly field: number
  /** Of a varint field; exact up to 2^53, beyond that rounded. */
  readonly value: number
  /** Of a length-delimited field; empty for any other. */
  readonly bytes: Uint8Array
  readonly isBytes: boolean
}

const EMPTY = new Uint8Array(0)
const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The fields of a message, in the order of the file.
 * @throws AnomalyDetectionError `onnx-invalid-model` where it is cut short or no protobuf
 */
export function* protobufFields(bytes: Uint8Array): Generator<ProtobufField> {
  let at = 0
  while (at < bytes.length) {
    const tag = readVarint(bytes, at)
    at = tag.end
    const field = Math.floor(tag.value / 8)
    if (field < 1 || field > 536_870_911) throw damaged(`it has a field ${field}`)
    switch (tag.value % 8) {
      case 0: {
        const { value, end } = readVarint(bytes, at)
        at = end
        yield { field, value, bytes: EMPTY, isBytes: false }
        break
      }
      case 1:
        at = skipped(bytes, at, 8)
        yield { field, value: 0, bytes: EMPTY, isBytes: false }
        break
      case 2: {
        const length = readVarint(bytes, at)
        at = skipped(bytes, length.end, length.value)
        yield { field, value: 0, bytes: bytes.subarray(length.end, at), isBytes: true }
        break
      }
      case 5:
        at = skipped(bytes, at, 4)
        yield { field, value: 0, bytes: EMPTY, isBytes: false }
        break
      default:
        throw damaged(`field ${field} has the unknown wire type ${tag.value % 8}`)
    }
  }
}

/** A field's integers: one, or many that are packed. Any negative one is read as -1: no dimension may be negative. */
export function* integersOf({ isBytes, value, bytes }: ProtobufField): Generator<number> {
  if (!isBytes) {
    yield signed(value)
    return
  }
  for (let at = 0; at < bytes.length;) {
    const read = readVarint(bytes, at)
    at = read.end
    yield signed(read.value)
  }
}

/** Text. @throws AnomalyDetectionError `onnx-invalid-model` where it is not UTF-8 */
export function textOf({ bytes }: ProtobufField): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw damaged('a name in it is not UTF-8', cause)
  }
}

/** The error for a file that is no ONNX model. */
export function damaged(reason: string, cause?: unknown): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/onnx-invalid-model',
    `this is no ONNX model, or a damaged one: ${reason}; export it again`,
    { reason },
    cause,
  )
}

function signed(value: number): number {
  return value >= 2 ** 63 ? -1 : value
}

function readVarint(bytes: Uint8Array, from: number): { readonly value: number; readonly end: number } {
  let value = 0
  let scale = 1
  for (let at = from; at < from + 10; at++) {
    const byte = bytes[at]
    if (byte === undefined) throw damaged(`it ends in the middle of a number, at byte ${at}`)
    value += (byte & 127) * scale
    if (byte < 128) return { value, end: at + 1 }
    scale *= 128
  }
  throw damaged(`a number at byte ${from} has more than ten bytes`)
}

function skipped(bytes: Uint8Array, at: number, length: number): number {
  if (length <= bytes.length - at) return at + length
  throw damaged(`a field at byte ${at} is said to be ${length} bytes long and there are ${bytes.length - at}`)
}
