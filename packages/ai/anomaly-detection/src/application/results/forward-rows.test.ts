import { describe, expect, it } from 'vitest'

import type { Table } from '../ports/table-reader.ts'
import { ForwardRows } from './forward-rows.ts'

function tableOf(told: string[]): Table {
  const batch = (...values: number[]) => ({
    rows: values.length,
    columns: [{ kind: 'number', name: 'a', values: Float64Array.from(values) } as const],
  })
  return {
    columns: [{ name: 'a', kind: 'number' }],
    batches: (async function* () {
      yield batch(10, 11, 12)
      yield batch(13, 14)
    })(),
    close: async () => void told.push('closed'),
  }
}

describe('rows taken from a table in order', () => {
  it('come from whichever batch has them', async () => {
    const rows = new ForwardRows(tableOf([]))
    expect(await rows.take([1, 3])).toEqual([{ kind: 'number', name: 'a', values: Float64Array.of(11, 13) }])
    expect(await rows.take([4])).toEqual([{ kind: 'number', name: 'a', values: Float64Array.of(14) }])
    await expect(rows.take([5])).rejects.toThrow('ends before row 5')
  })

  it('leave no table open, also where none was taken', async () => {
    const told: string[] = []
    await new ForwardRows(tableOf(told)).close()
    expect(told).toEqual(['closed'])
  })
})
