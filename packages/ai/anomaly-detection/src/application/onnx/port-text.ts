import type { OnnxPort } from '../../domain/onnx/read-model.ts'

/** An input or output for people: name, type and shape, `?` where any size goes. */
export function portText({ name, type, dims }: OnnxPort): string {
  const shape = dims === undefined ? '' : ` [${dims.map((dim) => (dim === '' ? '?' : dim)).join(', ')}]`
  return `'${name}' (${type}${shape})`
}
