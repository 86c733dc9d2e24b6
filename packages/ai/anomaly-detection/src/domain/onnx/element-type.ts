/** Source: onnx.proto, TensorProto.DataType. */

/** The element types that scores and features travel in. */
export type OnnxElementType = 'float' | 'double' | 'int32' | 'int64'

const NAMES: Readonly<Record<number, string>> = {
  1: 'float',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'double',
  12: 'uint32',
  13: 'uint64',
  14: 'complex64',
  15: 'complex128',
  16: 'bfloat16',
}

/** An element type's number in a file. */
export const elementCode: Readonly<Record<OnnxElementType | 'uint8', number>> = {
  float: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  double: 11,
}

/** An element type's name, `type 99` for one that is not known. */
export function elementName(code: number): string {
  return NAMES[code] ?? `type ${code}`
}

/** Whether numbers of this type can be made from, and read as, doubles. */
export function isNumeric(name: string): name is OnnxElementType {
  return name === 'float' || name === 'double' || name === 'int32' || name === 'int64'
}
