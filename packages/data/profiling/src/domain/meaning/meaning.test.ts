import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { columnMeaning } from './column-meaning.ts'
import { MASK, masked } from './mask.ts'
import { passes, VALUE_CHECKS } from './value-checks.ts'

const kindsOf = (text: string): ReadonlyArray<string> => [
  ...new Set(VALUE_CHECKS.filter((check) => check.needsName !== true && passes(check, text)).map(({ kind }) => kind)),
]

describe('what a single value is', () => {
  it.each([
    ['ada.lovelace+x@example.co.uk', 'email'],
    ['DE89 3704 0044 0532 0130 00', 'iban'],
    ['GB82WEST12345698765432', 'iban'],
    ['4111 1111 1111 1111', 'card'],
    ['378282246310005', 'card'],
    ['219-09-9999', 'national-id'],
    ['AB 12 34 56 C', 'national-id'],
    ['2 55 08 14 168 025 38', 'national-id'],
    ['12345678Z', 'national-id'],
    ['529.982.247-25', 'national-id'],
    ['f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'uuid'],
    ['00:1B:44:11:3A:B7', 'mac'],
    ['192.168.0.1', 'ip'],
    ['2001:db8::8a2e:370:7334', 'ip'],
    ['::ffff:192.0.2.128', 'ip'],
    ['https://example.org/a?b=c', 'url'],
    ['2024-02-29', 'iso-date'],
    ['2024-02-29T23:59:59.5Z', 'iso-datetime'],
    ['+49 30 901820', 'phone'],
    ['(415) 555-2671', 'phone'],
    ['SW1A 1AA', 'postcode'],
    ['{"a": 1}', 'json'],
  ])('%s', (text, kind) => expect(kindsOf(text)).toEqual([kind]))

  it.each([
    'DE88 3704 0044 0532 0130 00', // one check digit off
    '4111 1111 1111 1112',
    '000-12-3456',
    '12345678A',
    '529.982.247-26',
    '256.1.1.1',
    '1:2:3',
    '2023-02-29',
    'a@b',
    '{a: 1}',
    '12345',
    '2024',
    '',
    'x'.repeat(400),
  ])('is nothing: %s', (text) => expect(kindsOf(text)).toEqual([]))
})

describe('what a column means', () => {
  it('takes the share of values, the evidence and the name', () => {
    expect(
      columnMeaning(
        'contact',
        [
          ['a@b.de', 3],
          ['c@d.org', 1],
        ],
        true,
      ),
    ).toEqual([{ kind: 'email', share: 1, rows: 4, personal: true, evidence: 'address syntax (RFC 5321)' }])
    expect(columnMeaning('zip', [['12345', 1]], false)[0]).toMatchObject({ kind: 'postcode', personal: false })
    expect(columnMeaning('count', [['12345', 1]], false)).toEqual([])
    expect(columnMeaning('customerPhone', [['030901820', 1]], false)[0]).toMatchObject({
      kind: 'phone',
      personal: true,
    })
    expect(columnMeaning('First_Name', [['Ada', 1]], true)[0]).toMatchObject({ kind: 'person-name', personal: true })
    expect(columnMeaning('ip_address', [['10.0.0.1', 1]], true).map(({ kind }) => kind)).toEqual(['ip'])
    expect(columnMeaning('product name', [['Tea', 1]], true)).toEqual([])
  })

  it('tells of stray personal values in free text, not of stray other ones', () => {
    const notes: ReadonlyArray<readonly [string, number]> = [
      ['nothing', 96],
      ['eve@example.org', 2],
      ['2024-01-01', 2],
    ]
    expect(columnMeaning('note', notes, true)).toMatchObject([{ kind: 'email', share: 0.02 }])
  })
})

describe('the mask', () => {
  it('covers whole values and what stands within text', () => {
    expect(masked('ada@example.org')).toBe(MASK)
    expect(masked('write to ada@example.org or +49 30 901820, please')).toBe(`write to ${MASK} or ${MASK}, please`)
    expect(masked('paid by 4111 1111 1111 1111 on 3 May')).toBe(`paid by ${MASK} on 3 May`)
    expect(masked('card:4111-1111-1111-1111')).not.toContain('1111')
    expect(masked('account DE89 3704 0044 0532 0130 00')).toBe(`account ${MASK}`)
    expect(masked(4_111_111_111_111_111)).toBe(MASK)
    expect(masked('plain text of 2024')).toBe('plain text of 2024')
    expect(masked(42)).toBe(42)
  })

  it('leaves no personal value whole, whatever stands around it', () => {
    const secret = fc.constantFrom('ada@example.org', '4111111111111111', '219-09-9999', 'GB82WEST12345698765432')
    const around = fc.stringMatching(/^[a-z ]{0,12}$/)
    fc.assert(
      fc.property(around, secret, around, (before, value, after) => {
        expect(String(masked(`${before} ${value} ${after}`))).not.toContain(value)
      }),
      { numRuns: 200 },
    )
  })
})
