import { datasetFromArrow, detect } from '@nomaly/ai-anomaly-detection'
import { arrowTable as profiledTable, memoryEngine as profileEngine, profileTable } from '@nomaly/data-profiling'
import { arrowTable, memoryEngine, validate } from '@nomaly/data-quality'
import { rowsFromDanfo, toDanfo } from '@nomaly/integration-danfo'
import {
  Bool,
  DateDay,
  Decimal,
  Dictionary,
  Float32,
  Float64,
  Int32,
  Int64,
  Table,
  tableFromIPC,
  tableToIPC,
  TimestampMicrosecond,
  Uint8,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import * as dfd from 'danfojs-node'
import { describe, expect, it, vi } from 'vitest'

const ROWS = 60
const each = <T>(value: (row: number) => T): ReadonlyArray<T> => Array.from({ length: ROWS }, (_, row) => value(row))

const hundredths = (value: number): Uint32Array => Uint32Array.of(value, 0, 0, 0)

const table = new Table({
  id: vectorFromArray(
    each((row) => BigInt(row)),
    new Int64(),
  ),
  small: vectorFromArray(
    each((row) => row % 7),
    new Uint8(),
  ),
  count: vectorFromArray(
    each((row) => (row === 4 ? null : row * 10)),
    new Int32(),
  ),
  value: vectorFromArray(
    each((row) => (row === 33 ? 500 : Math.cos(row))),
    new Float64(),
  ),
  single: vectorFromArray(
    each((row) => row / 2),
    new Float32(),
  ),
  price: vectorFromArray(
    each((row) => hundredths(100 + row)),
    new Decimal(2, 12),
  ),
  paid: vectorFromArray(
    each((row) => row % 2 === 0),
    new Bool(),
  ),
  state: vectorFromArray(
    each((row) => (row % 3 === 0 ? 'open' : 'done')),
    new Dictionary(new Utf8(), new Int32()),
  ),
  note: vectorFromArray(
    each((row) => (row % 10 === 0 ? null : `n${row}`)),
    new Utf8(),
  ),
  at: vectorFromArray(
    each((row) => Date.UTC(2024, 0, 1, row)),
    new TimestampMicrosecond('UTC'),
  ),
  day: vectorFromArray(
    each((row) => new Date(Date.UTC(2024, 0, 1 + row))),
    new DateDay(),
  ),
})

// As a query or a file gives it: in several batches, once more through the IPC format.
const kinds: ReadonlyArray<readonly [string, Table]> = [
  ['one batch', table],
  ['two batches', table.slice(0, 25).concat(table.slice(25))],
  ['from IPC', tableFromIPC(tableToIPC(table, 'stream'))],
]

describe.each(kinds)('an Arrow table of %s', (_, source) => {
  it('is a data set to detect in', () => {
    const dataset = datasetFromArrow(source, {
      features: ['id', 'small', 'count', 'value', 'single', 'price', 'paid'],
      missing: 'median',
    })
    // Row 5: id 5, small 5, count 50, cos 5, 2.5, price 1.05, paid no.
    expect(dataset.data.slice(35, 42)).toEqual(Float64Array.of(5, 5, 50, Math.cos(5), 2.5, 1.05, 0))
    const { features } = datasetFromArrow(source, { features: ['value'] })
    expect(features).toEqual(['value'])
    const found = detect(datasetFromArrow(source, { features: ['value', 'small'] }), {
      detector: 'knn',
      contamination: 1 / ROWS,
    })
    expect(found.anomalies().map(({ index }) => index)).toEqual([33])
  })

  it('is a table to profile', async () => {
    const { rows, columns } = await profileTable({ engine: profileEngine(profiledTable(source)), now: Date.now })
    expect(rows).toBe(ROWS)
    expect(columns.map(({ name, nulls, distinct }) => [name, nulls, distinct.value])).toEqual([
      ['id', 0, 60],
      ['small', 0, 7],
      ['count', 1, 59],
      ['value', 0, 60],
      ['single', 0, 60],
      ['price', 0, 60],
      ['paid', 0, 2],
      ['state', 0, 2],
      ['note', 6, 54],
      ['at', 0, 60],
      ['day', 0, 60],
    ])
  })

  it('is a table to check', async () => {
    const suite = {
      name: 'arrow',
      expectations: [
        { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
        { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'note' } },
        { type: 'expectColumnMaxToBeBetween', kwargs: { column: 'price', minValue: 1.59, maxValue: 1.59 } },
        { type: 'expectColumnValuesToBeInSet', kwargs: { column: 'state', valueSet: ['open', 'done'] } },
        { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'day', minValue: '2024-01-02' } },
      ],
    }
    const { results } = await validate(suite, memoryEngine(arrowTable(source)))
    expect(results.map(({ success, result }) => [success, result.unexpectedCount ?? null])).toEqual([
      [true, 0],
      [false, 6],
      [true, null],
      [true, 0],
      [false, 1],
    ])
  })

  it('becomes a DataFrame of danfojs and back', () => {
    vi.spyOn(console, 'warn').mockReturnValue()
    const rows = rowsFromDanfo(toDanfo(dfd, source), { dates: ['at', 'day'] })
    expect(rows[4]).toEqual({
      id: 4,
      small: 4,
      count: null,
      value: Math.cos(4),
      single: 2,
      price: 1.04,
      paid: true,
      state: 'done',
      note: 'n4',
      at: new Date('2024-01-01T04:00:00Z'),
      day: new Date('2024-01-05T00:00:00Z'),
    })
  })
})
