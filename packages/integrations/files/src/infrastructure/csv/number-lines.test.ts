import { describe, expect, it } from 'vitest'

import { numberLines } from './number-lines.ts'

describe('numberLines', () => {
  it('reads plain numbers as Number does', () => {
    const cells = [
      '1',
      '-0',
      '0.1',
      '-2.5e-3',
      '1E5',
      '123456789012345678901',
      '1e999',
      '4.9e-324',
      '0.30000000000000004',
    ]
    expect(numberLines(`${cells.join(',')}\n${cells.join(' ,')}\r\n`, 9)).toEqual([
      cells.map(Number),
      cells.map(Number),
    ])
  })

  it.each([
    '1,2,3\n',
    '1\n',
    '\n',
    '1,\n',
    '1,x\n',
    '1,"2"\n',
    '1,true\n',
    '1,null\n',
    '1,[2]\n',
    '1,2],[3,4\n',
    '1,.5\n',
    '1,+5\n',
  ])('leaves %j to the CSV parser', (text) => {
    expect(numberLines(`1,2\n${text}1,2\n`, 2)).toBeUndefined()
  })
})
