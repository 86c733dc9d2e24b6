import { describe, expect, it } from 'vitest'

import type { Row } from '../../api/types.ts'
import { adviceOf, seriesOf } from './advice.ts'

const rows: ReadonlyArray<Row> = Array.from({ length: 60 }, (_, at) => ({
  number: at + 1,
  user_id: (at * 7919) % 1000,
  timestamp: `2024-01-01 ${String(Math.floor(at / 3) % 24).padStart(2, '0')}:00:00`,
  pump: ['north', 'south', 'east'][at % 3] ?? '',
  pressure: 4 + (at % 7) / 10,
  unit: 1,
  label: at === 5 ? 1 : 0,
  seldom: at % 5 === 0 ? at * 1.5 : null,
}))
const dataset = {
  columns: Object.entries(rows[0] ?? {}).map(([name, cell]) => ({
    name,
    kind: typeof cell === 'string' ? ('text' as const) : ('number' as const),
  })),
}

describe('advice on a data set', () => {
  const advice = adviceOf(dataset, rows)

  it('looks at measurements alone, and says why not at the others', () => {
    expect(advice.measured).toEqual(['pressure'])
    expect(advice.leftOut).toEqual([
      { name: 'number', why: 'only counts the rows' },
      { name: 'user_id', why: 'names rows, and measures nothing' },
      { name: 'unit', why: 'is always 1' },
      { name: 'label', why: 'seems to say which rows are anomalies' },
      { name: 'seldom', why: 'is missing in most rows' },
    ])
  })

  it('finds the time, and what the series are of', () => {
    expect(advice).toMatchObject({ times: ['timestamp'], keys: ['pump'], isManySeries: true })
    expect(seriesOf(advice, 60)).toEqual({ time: 'timestamp', value: 'pressure', key: 'pump' })
    expect(seriesOf(advice, 10)).toBeUndefined()
  })

  it('knows numbers since 1970 by name and size, and no other numbers', () => {
    const columns = ['ts', 'speed', 'time'].map((name) => ({ name, kind: 'number' as const }))
    const seen = Array.from({ length: 40 }, (_, at) => ({
      ts: 1_700_000_000 + at * 60,
      speed: 1.7e9 + at * 3,
      time: at * 2.5,
    }))
    expect(adviceOf({ columns }, seen)).toMatchObject({
      times: ['ts'],
      measured: ['speed', 'time'],
      isManySeries: false,
    })
  })

  it('is of rows where times come again and nothing tells the series apart', () => {
    const columns = [
      { name: 'date', kind: 'text' as const },
      { name: 'x', kind: 'number' as const },
    ]
    const seen = Array.from({ length: 40 }, (_, at) => ({ date: '2024-01-01', x: at * 1.1 }))
    expect(seriesOf(adviceOf({ columns }, seen), 40)).toBeUndefined()
  })
})
