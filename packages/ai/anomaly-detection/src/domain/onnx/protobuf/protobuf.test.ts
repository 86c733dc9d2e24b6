import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { integersOf, protobufFields, textOf } from './protobuf-reader.ts'
import { ProtobufWriter } from './protobuf-writer.ts'

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')

describe('the protobuf writer', () => {
  it("writes the examples of protobuf's own description of its encoding", () => {
    expect(hex(new ProtobufWriter().int(1, 150).finish())).toBe('08 96 01')
    expect(hex(new ProtobufWriter().string(2, 'testing').finish())).toBe('12 07 74 65 73 74 69 6e 67')
    expect(hex(new ProtobufWriter().message(3, new ProtobufWriter().int(1, 150)).finish())).toBe('1a 03 08 96 01')
    expect(hex(new ProtobufWriter().ints(6, [3, 270, 86_942]).finish())).toBe('32 06 03 8e 02 9e a7 05')
  })

  it('writes a negative integer as ten bytes of two’s complement', () => {
    expect(hex(new ProtobufWriter().int(1, -1).finish())).toBe('08 ff ff ff ff ff ff ff ff ff 01')
    expect(hex(new ProtobufWriter().int(1, -2).finish())).toBe('08 fe ff ff ff ff ff ff ff ff 01')
  })

  it('is read back', () => {
    const written = fc.record({
      numbers: fc.array(fc.nat(Number.MAX_SAFE_INTEGER), { minLength: 1, maxLength: 9 }),
      text: fc.string({ unit: 'grapheme' }),
      field: fc.integer({ min: 4, max: 2 ** 29 - 1 }),
    })
    fc.assert(
      fc.property(written, ({ numbers, text, field }) => {
        const bytes = new ProtobufWriter()
          .ints(1, numbers)
          .string(2, text)
          .int(field, numbers[0] ?? 0)
          .finish()
        const [packed, named, single] = [...protobufFields(bytes)]
        expect(packed && [...integersOf(packed)]).toEqual(numbers)
        expect(named && textOf(named)).toBe(text)
        expect(single).toMatchObject({ field, value: numbers[0] })
      }),
      { numRuns: 100 },
    )
  })
})

describe('the protobuf reader', () => {
  const read = (...bytes: ReadonlyArray<number>): unknown => [...protobufFields(Uint8Array.from(bytes))]

  it.each([
    ['a number without an end', [0x08, 0x96], /ends in the middle of a number/],
    ['a number of eleven bytes', [0x08, ...Array.from({ length: 11 }, () => 0xff)], /more than ten bytes/],
    ['text that is longer than the file', [0x12, 0x7f, 0x61], /127 bytes long and there are 1/],
    ['a field 0', [0x00, 0x01], /a field 0/],
    ['a group, which is no longer used', [0x0b], /unknown wire type 3/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => read(...bytes)).toThrow(expect.objectContaining({ code: 'anomaly-detection/onnx-invalid-model' }))
    expect(() => read(...bytes)).toThrow(message)
  })
})
