import { expect, test } from 'vitest'

import { markdownTable } from './markdown-table.ts'

test('pads texts to the right and figures to the left', () => {
  const table = markdownTable(
    [{ heading: 'name' }, { heading: 's', figures: true }],
    [
      ['a', '1.25'],
      ['longer', '10'],
    ],
  )
  expect(table.split('\n')).toEqual([
    '| name   |    s |',
    '| ------ | ---: |',
    '| a      | 1.25 |',
    '| longer |   10 |',
  ])
})

test('has a heading where there are no rows', () => {
  expect(markdownTable([{ heading: 'x' }], [])).toBe('| x   |\n| --- |')
})
