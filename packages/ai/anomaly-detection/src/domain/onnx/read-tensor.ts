import { checkLimit, type OnnxLimits } from './onnx-limits.ts'
import { damaged, integersOf, type ProtobufField, protobufFields, textOf } from './protobuf/protobuf-reader.ts'

const RAW = 9
const EXTERNAL = new Set([13, 14])
const TYPED = new Set([4, 5, 6, 7, 10, 11])
// Bytes of an element by the number of its type; types of less than a byte are not checked.
const SIZES: Readonly<Record<number, number>> = {
  1: 4,
  2: 1,
  3: 1,
  4: 2,
  5: 2,
  6: 4,
  7: 8,
  9: 1,
  10: 2,
  11: 8,
  12: 4,
  13: 8,
  14: 8,
  15: 16,
  16: 2,
}

/**
 * Holds a constant to its word: as many elements as its dimensions say, and all of them in the file.
 * @returns its name
 * @throws AnomalyDetectionError `onnx-invalid-model`, `onnx-limit-exceeded`
 */
export function checkTensor(bytes: Uint8Array, limits: OnnxLimits): string {
  let name = ''
  let type = 0
  let elements = 1
  let raw: number | undefined
  let typed = 0
  for (const field of protobufFields(bytes)) {
    if (field.field === 1) elements *= sizeOf(field)
    else if (field.field === 2) type = field.value
    else if (field.field === 8) name = textOf(field)
    else if (field.field === RAW) raw = field.bytes.length
    else if (TYPED.has(field.field)) typed += field.isBytes ? Math.max(1, field.bytes.length) : 1
    else if (EXTERNAL.has(field.field) && (field.isBytes || field.value === 1)) {
      throw damaged(`its tensor '${name}' lies in another file (external data); save it as one file`)
    }
  }
  checkLimit(limits, 'elements', elements)
  const size = SIZES[type]
  const isWhole = raw === undefined ? elements <= typed : size === undefined || raw === elements * size
  if (isWhole) return name
  throw damaged(`its tensor '${name}' should have ${elements} elements and holds ${raw ?? typed} bytes`)
}

function sizeOf(dims: ProtobufField): number {
  let size = 1
  for (const dim of integersOf(dims)) {
    if (dim < 0) throw damaged('one of its tensors has a negative dimension')
    size *= dim
  }
  return size
}
