import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decodeState, encodeState } from './model-json.ts'

const through = (state: unknown) => decodeState(JSON.parse(JSON.stringify(encodeState(state))))

describe('a state as JSON', () => {
  it('comes back bit for bit', () => {
    fc.assert(
      fc.property(fc.float64Array(), fc.int32Array(), fc.int8Array(), fc.array(fc.string()), (a, b, c, names) => {
        const back = through({ nested: { a, list: [b, { c }] }, names, k: null }) as {
          nested: { a: Float64Array; list: [Int32Array, { c: Int8Array }] }
        }
        const bytes = (array: ArrayBufferView) => [...new Uint8Array(array.buffer, array.byteOffset, array.byteLength)]
        expect(bytes(back.nested.a)).toEqual(bytes(a))
        expect(back.nested.a).toBeInstanceOf(Float64Array)
        expect(back.nested.list[0]).toEqual(b)
        expect(back.nested.list[1].c).toEqual(c)
        expect(back).toMatchObject({ names, k: null })
      }),
    )
  })

  it('takes arrays that are longer than an argument list may be', () => {
    const long = Float64Array.from({ length: 100_000 }, (_, i) => Math.sqrt(i))
    expect(through(long)).toEqual(long)
  })

  it.each([
    [{ $typedArray: 'Float64Array', base64: 'AAAA' }, /cut short/],
    [{ $typedArray: 'Float64Array', base64: '%' }, /not valid base64/],
    [{ $typedArray: 'DataView', base64: '' }, /no known array kind/],
  ])('refuses %o', (encoded, message) => {
    expect(() => decodeState(encoded)).toThrow(message)
  })
})
