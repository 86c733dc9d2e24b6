import { createHash } from 'node:crypto'

import { expect, test } from 'vitest'

import { syntheticData } from './synthetic-data.ts'

test('gives the bits that the Python generator gives', () => {
  const { data } = syntheticData({ rows: 10_000, columns: 10 }, 1)
  // numpy's bytes of peers/synthetic.py for synthetic_data(10000, 10, 1)
  expect(createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex')).toBe(
    'a273120f2797f1f606175136c6c2f6864d08d75bcdf25efc0a2ff52af33fa789',
  )
})

test('marks one row in a hundred', () => {
  const { data, labels } = syntheticData({ rows: 400, columns: 3 }, 2)
  const marked = [...labels.keys()].filter((row) => labels[row] === 1)
  expect(marked).toEqual([99, 199, 299, 399])
  expect(data.every((value) => value >= -8 && value < 8)).toBe(true)
})

test('gives other data for another seed', () => {
  const size = { rows: 10, columns: 2 }
  expect(syntheticData(size, 1).data).not.toEqual(syntheticData(size, 2).data)
})
