import { expect, it } from 'vitest'

import { parseRowCondition } from './row-condition.ts'

it('reads comparisons, sets, patterns and their logic; and binds stronger than or', () => {
  expect(parseRowCondition(`a = 'it''s' and "b ""x" > -1.5e2 or not c in (1, true) and d is not null`)).toEqual({
    op: 'or',
    args: [
      {
        op: 'and',
        args: [
          { op: 'compare', column: 'a', comparison: '=', value: "it's" },
          { op: 'compare', column: 'b "x', comparison: '>', value: -150 },
        ],
      },
      {
        op: 'and',
        args: [
          { op: 'not', arg: { op: 'in', column: 'c', values: [1, true] } },
          { op: 'not', arg: { op: 'isNull', column: 'd' } },
        ],
      },
    ],
  })
  expect(parseRowCondition('a <= b')).toEqual({ op: 'compareColumns', column: 'a', comparison: '<=', other: 'b' })
  expect(parseRowCondition('length(a) between_ = 2'.replace(' between_', ''))).toMatchObject({ op: 'length', value: 2 })
  expect(parseRowCondition('a NOT BETWEEN 1 AND 9007199254740993')).toMatchObject({
    op: 'not',
    arg: { args: [{}, { value: 9_007_199_254_740_993n }] },
  })
})

it.each([
  ['a =', 3],
  ['a = 1 and', 9],
  ['a in (1,', 8],
  ["a = 'x", 4],
  ['a = 1; drop table t', 5],
  ['(a = 1', 6],
  ['a like 5', 7],
])('says where %s goes wrong', (source, at) => {
  expect(() => parseRowCondition(source)).toThrow(
    expect.objectContaining({ code: 'quality/invalid-arguments', details: { at } }),
  )
})
