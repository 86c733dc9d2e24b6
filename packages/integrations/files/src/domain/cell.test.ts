import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formOf, isNumberText, missingTokens, numberFromText } from './cell.ts'

describe('numberFromText', () => {
  it.each([
    ['1', 1],
    [' -1.5\t', -1.5],
    ['+5', 5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e5', 100_000],
    ['1E-2', 0.01],
    ['-0', -0],
    ['007', 7],
    ['9007199254740993', 9_007_199_254_740_992],
    ['5e-324', 5e-324],
    ['1e400', Infinity],
    ['true', 1],
    ['FALSE', 0],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
  ])('reads %j as %j', (text, expected) => {
    expect(numberFromText(text)).toBe(expected)
  })

  it.each([
    '12abc',
    'abc',
    '0x1F',
    '0b1',
    '0o7',
    '1,5',
    '1_000',
    '1 000',
    '',
    ' ',
    '.',
    '-',
    'e5',
    '1e',
    '--1',
    'yes',
    'nan',
    '1n',
  ])('does not read %j, nor a part of it', (text) => {
    expect(numberFromText(text)).toBeUndefined()
  })

  it('reads every double back, bit for bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(numberFromText(Object.is(value, -0) ? '-0' : String(value))).toBe(value)
      }),
    )
  })
})

describe('isNumberText', () => {
  it('takes notation alone, so that a header named "true" or "inf" stays a header', () => {
    expect(['1', '-2e3', 'true', 'inf', 'NA', ''].map(isNumberText)).toEqual([true, true, false, false, false, false])
  })
})

describe('formOf', () => {
  it('knows missing, numbers, texts and nested values', () => {
    const missing = missingTokens(['-999', '?'])
    const forms = ['', ' NA ', null, undefined, '-999', -999, '?', '1', 1, true, 'x', [], {}].map((cell) =>
      formOf(cell, missing),
    )
    expect(forms).toEqual([
      ...Array.from({ length: 7 }, () => 'missing'),
      'number',
      'number',
      'number',
      'text',
      'nested',
      'nested',
    ])
  })
})
