import { describe, expect, it } from 'vitest'

import * as read from './flag-values.ts'

const invalid = expect.objectContaining({ code: 'commander.invalidArgument' })
const thrown = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('values of flags', () => {
  it.each([
    ['names', read.parseNames('a, b', ['z']), ['z', 'a', 'b']],
    ['weights', read.parseWeights('2, 1,0.5'), [2, 1, 0.5]],
    ['a count', read.parseCount('0'), 0],
    ['a share', read.parseContamination('0.5'), 0.5],
    ['a score', read.parseScore('-1.5'), -1.5],
    ['a fixed threshold', read.parseThreshold('-3'), { kind: 'fixed', value: -3 }],
    ['mad', read.parseThreshold('mad'), { kind: 'mad', multiplier: 3.5 }],
    ['mad:2', read.parseThreshold('mad:2'), { kind: 'mad', multiplier: 2 }],
    ['a limit of rows', read.parseFailLimit('10'), { kind: 'rows', rows: 10 }],
    ['a limit of a share', read.parseFailLimit('2.5%'), { kind: 'share', share: 0.025 }],
    ['a model', read.parseModelChoice('pump'), { name: 'pump', version: undefined }],
    ['a version of a model', read.parseModelChoice('pump@12'), { name: 'pump', version: 12 }],
    ['a number', read.parseParameter('n=2', { m: 1 }), { m: 1, n: 2 }],
    ['a truth', read.parseParameter('bootstrap=true'), { bootstrap: true }],
    ['a text with =', read.parseParameter('method=a=b'), { method: 'a=b' }],
  ])('%s', (_, value, expected) => {
    expect(value).toEqual(expected)
  })

  it.each([
    [read.parseNames, ['', 'a,,b']],
    [read.parseWeights, ['', '1,', '1,-1', 'x,1', '1,Infinity']],
    [read.parseCount, ['', '-1', '1.5', 'x', '1e300']],
    [read.parseContamination, ['', '0', '0.6', '5%', 'NaN']],
    [read.parseScore, ['', 'x', 'Infinity']],
    [read.parseThreshold, ['', 'x', 'mad:', 'mad:0', 'madness', 'Infinity', 'mad:Infinity']],
    [read.parseFailLimit, ['', '0', '1.5', '-1', '0%', '101%', '%']],
    [read.parseModelChoice, ['', '@1', 'a@0', 'a@x', 'a@1@2']],
    [read.parseParameter, ['', 'x', '=1']],
  ])('%o refuses what is none', (parse: (text: string) => unknown, texts) => {
    for (const text of texts) expect(thrown(() => parse(text))).toEqual(invalid)
  })
})
