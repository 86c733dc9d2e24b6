import { datasetOf, detect } from '@nomaly/ai-anomaly-detection'
import { memoryEngine as profileEngine, profileTable, recordsTable as profileTableOf } from '@nomaly/data-profiling'
import { memoryEngine, recordsTable, validate } from '@nomaly/data-quality'
import { arrowFromDanfo, columnsFromDanfo, matrixFromDanfo, rowsFromDanfo, toDanfo } from '@nomaly/integration-danfo'
import * as arrow from 'apache-arrow'
import * as dfd from 'danfojs-node'
import { beforeAll, describe, expect, it, vi } from 'vitest'

// tfjs greets on the console that there is a faster build.
beforeAll(() => void vi.spyOn(console, 'warn').mockReturnValue())

const rows = Array.from({ length: 40 }, (_, i) => ({
  id: i,
  value: i === 30 ? 1000.5 : Math.sin(i),
  name: i % 5 === 0 ? null : `n${i % 3}`,
  ok: i % 7 === 0 ? null : i % 2 === 0,
  at: new Date(Date.UTC(2024, 0, 1 + i)),
  '2': i / 4,
  '1': 'x',
}))

describe('DataFrames of the real danfojs-node', () => {
  it('come back as they went, in the order of their columns', () => {
    const frame = toDanfo(dfd, rows)
    expect(frame.shape).toEqual([40, 7])
    // An object's integer keys come first.
    expect(frame.columns).toEqual(['1', '2', 'id', 'value', 'name', 'ok', 'at'])
    expect(frame.dtypes).toEqual(['string', 'float32', 'int32', 'float32', 'string', 'boolean', 'string'])
    expect(rowsFromDanfo(frame, { dates: ['at'] })).toEqual(rows)
    expect(rowsFromDanfo(toDanfo(dfd, rows, { lowMemoryMode: true }), { dates: ['at'] })).toEqual(rows)
  })

  it('can be worked with: sums, filters, columns', () => {
    const frame = toDanfo(dfd, rows)
    expect(frame['id'].sum()).toBe((39 * 40) / 2)
    const some = frame.query(frame['id'].lt(3))
    expect(rowsFromDanfo(some, { columns: ['id', 'name'] })).toEqual([
      { id: 0, name: null },
      { id: 1, name: 'n1' },
      { id: 2, name: 'n2' },
    ])
  })

  it('keep what danfojs believes wrongly', () => {
    const late = Array.from({ length: 60 }, (_, i) => [i === 50 ? 1.5 : i])
    expect(columnsFromDanfo(new dfd.DataFrame(late, { columns: ['a'] }))[0]?.kind).toBe('number')
    const missing = new dfd.DataFrame({ a: [true, null, false] })
    expect(missing.dtypes).toEqual(['float32'])
    expect(columnsFromDanfo(missing)).toEqual([{ name: 'a', kind: 'boolean', values: [true, null, false] }])
  })

  it('become matrices of doubles, where its tensor has floats', () => {
    const frame = toDanfo(dfd, { data: Float64Array.of(0.1, 2, 3, Number.NaN), rows: 2, columns: 2 })
    expect(matrixFromDanfo(frame).data).toEqual(Float64Array.of(0.1, 2, 3, Number.NaN))
    expect([...frame.tensor.dataSync()].slice(0, 2)).toEqual([Math.fround(0.1), 2])
  })

  it('go through Apache Arrow', () => {
    const table: arrow.Table = arrowFromDanfo(arrow, toDanfo(dfd, rows), { dates: ['at'] })
    const types = Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]))
    expect(types).toEqual({
      '1': 'Utf8',
      '2': 'Float64',
      id: 'Int32',
      value: 'Float64',
      name: 'Utf8',
      ok: 'Bool',
      at: 'Timestamp<MILLISECOND, UTC>',
    })
    expect(rowsFromDanfo(toDanfo(dfd, table), { dates: ['at'] })).toEqual(rows)
  })

  it('are refused or written out where Arrow is more exact', () => {
    const big = new arrow.Table({ big: arrow.vectorFromArray([1n, 2n ** 60n, null], new arrow.Int64()) })
    expect(() => toDanfo(dfd, big)).toThrow(/row 1, column 'big': no double equals/)
    expect(rowsFromDanfo(toDanfo(dfd, big, { large: 'text' }))).toEqual([
      { big: '1' },
      { big: '1152921504606846976' },
      { big: null },
    ])
    const list = new arrow.Table({ l: arrow.vectorFromArray([[1], [2]]) })
    expect(() => toDanfo(dfd, list)).toThrow(/column 'l' is List/)
  })

  it('have no rows where there are none', () => {
    const empty = toDanfo(dfd, new arrow.Table({ a: arrow.vectorFromArray([], new arrow.Float64()) }))
    expect([empty.shape, rowsFromDanfo(empty)]).toEqual([[0, 1], []])
    expect(arrowFromDanfo(arrow, empty).numRows).toBe(0)
  })

  it('are detected, profiled and checked', async () => {
    const frame = toDanfo(dfd, rows)
    const matrix = matrixFromDanfo(frame, { columns: ['value', '2'] })
    const found = detect(datasetOf(matrix, { features: matrix.features }), { detector: 'knn', contamination: 0.025 })
    expect(found.anomalies().map(({ index }) => index)).toEqual([30])

    const records = rowsFromDanfo(frame, { dates: ['at'] })
    const profile = await profileTable({ engine: profileEngine(profileTableOf(records)), now: Date.now })
    expect(Object.fromEntries(profile.columns.map(({ name, nulls }) => [name, nulls]))).toMatchObject({
      name: 8,
      ok: 6,
    })

    const suite = {
      name: 'frame',
      expectations: [
        { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'name' } },
        { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'value', maxValue: 1 } },
      ],
    }
    const { results } = await validate(suite, memoryEngine(recordsTable(records)))
    expect(results.map(({ result }) => result.unexpectedCount)).toEqual([8, 1])
  })
})
