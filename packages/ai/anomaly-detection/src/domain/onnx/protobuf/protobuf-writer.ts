/** Source: Protocol Buffers, Encoding (protobuf.dev): tags, varints, length-delimited fields. */

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED_32 = 5
const EMPTY = new Uint8Array(0)
const encoder = new TextEncoder()

/** Writes one message, field by field. Byte arrays are kept by reference until `finish`: do not change them meanwhile. */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = []
  #bytes = 0

  /** Bytes written so far. */
  get size(): number {
    return this.#bytes
  }

  /** An integer; a negative one takes ten bytes, as int64. */
  int(field: number, value: number): this {
    return this.#varint(field * 8 + VARINT).#varint(value)
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    this.#varint(field * 8 + FIXED_32)
    return this.#add(new Uint8Array(Float32Array.of(value).buffer))
  }

  /** Text as UTF-8. */
  string(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value))
  }

  /** Texts, each a field of its own; many of few kinds take little time. */
  strings(field: number, values: ReadonlyArray<string>): this {
    const known = new Map<string, Uint8Array>()
    let size = 0
    for (const value of values) {
      const written = known.get(value) ?? new ProtobufWriter().string(field, value).finish()
      known.set(value, written)
      size += written.length
    }
    const all = new Uint8Array(size)
    let at = 0
    for (const value of values) {
      const written = known.get(value) ?? EMPTY
      all.set(written, at)
      at += written.length
    }
    return this.#add(all)
  }

  /** Raw bytes. */
  bytes(field: number, value: Uint8Array): this {
    return this.#varint(field * 8 + LENGTH_DELIMITED)
      .#varint(value.length)
      .#add(value)
  }

  /** Integers in one packed field; none at all where the list is empty. */
  ints(field: number, values: ArrayLike<number>): this {
    return values.length === 0 ? this : this.bytes(field, packedVarints(values))
  }

  /** 32-bit floats in one packed field. */
  floats(field: number, values: ArrayLike<number>): this {
    return values.length === 0 ? this : this.bytes(field, new Uint8Array(Float32Array.from(values).buffer))
  }

  /** A message within this one. */
  message(field: number, inner: ProtobufWriter): this {
    this.#varint(field * 8 + LENGTH_DELIMITED).#varint(inner.#bytes)
    for (const part of inner.#parts) this.#add(part)
    return this
  }

  /** The whole message. */
  finish(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.#bytes)
    let at = 0
    for (const part of this.#parts) {
      out.set(part, at)
      at += part.length
    }
    return out
  }

  #varint(value: number): this {
    return this.#add(packedVarints([value]))
  }

  #add(part: Uint8Array): this {
    this.#parts.push(part)
    this.#bytes += part.length
    return this
  }
}

function packedVarints(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 10)
  let at = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value < 0) {
      let rest = BigInt.asUintN(64, BigInt(value))
      for (; rest >= 128n; rest >>= 7n) bytes[at++] = Number(rest & 127n) | 128
      bytes[at++] = Number(rest)
    } else {
      let rest = value
      for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128
      bytes[at++] = rest
    }
  }
  return bytes.slice(0, at)
}
