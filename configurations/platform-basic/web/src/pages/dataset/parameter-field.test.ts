import { describe, expect, it } from 'vitest'

import { fieldOf, valueOf } from './parameter-field.ts'

describe('the field for a parameter', () => {
  it('is for numbers between their limits', () => {
    const schema = { type: 'integer', default: 100, minimum: 1, maximum: Number.MAX_SAFE_INTEGER }
    const field = fieldOf(schema)
    expect(field).toEqual({ kind: 'number', isWhole: true, least: 1, most: undefined, placeholder: '100' })
    expect(valueOf(field, '30')).toBe(30)
  })

  it('takes the widest limits of alternatives', () => {
    const rows = { type: 'integer', minimum: 1, maximum: 500 }
    const share = { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }
    expect(fieldOf({ anyOf: [rows, share], default: 256 })).toMatchObject({ isWhole: false, least: 0, most: 500 })
    expect(fieldOf({ anyOf: [rows, { type: 'null' }], default: null })).toMatchObject({
      isWhole: true,
      placeholder: 'by the data',
    })
  })

  it('is a choice of words, or of yes and no', () => {
    const words = fieldOf({ type: 'string', enum: ['mean', 'largest'], default: 'mean' })
    expect(words).toEqual({ kind: 'choice', choices: ['mean', 'largest'], placeholder: 'mean' })
    expect(valueOf(words, 'largest')).toBe('largest')
    const flag = fieldOf({ type: 'boolean', default: false })
    expect(valueOf(flag, 'true')).toBe(true)
  })

  it('is of JSON for everything else', () => {
    const field = fieldOf({ type: 'array', default: [2, 3] })
    expect(field).toEqual({ kind: 'text', placeholder: '[2,3]' })
    expect(valueOf(field, '[4]')).toEqual([4])
    expect(valueOf(field, 'word')).toBe('word')
  })
})
