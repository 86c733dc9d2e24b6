import { expect, it } from 'vitest'

import golden from './__fixtures__/nannyml.json' with { type: 'json' } // nannyml 0.13.1: see make_nannyml.py
import { boundsOf } from './bounds.ts'
import { categoricalColumnOf, type Column, numericColumnOf, pickRows } from './column.ts'
import { reconstructionError, reconstructionOf } from './reconstruction.ts'
import { cutIntoWindows } from './windows.ts'

const { reference, analysis, ...expected } = golden.reconstruction

const columnsOf = ({ u, v, w, k }: typeof reference): Column[] => {
  const rows = u.map((_, i) => ({ u: u[i], v: v[i], w: w[i], k: k[i] }))
  return [...['u', 'v', 'w'].map((name) => numericColumnOf(rows, name)), categoricalColumnOf(rows, 'k')]
}

const errorsOf = (columns: Column[]) => {
  const learned = reconstructionOf(columnsOf(reference))
  return cutIntoWindows(columns[0]?.values.length ?? 0, { by: 'size', size: 50 }).map(({ rows }) =>
    reconstructionError(
      learned,
      columns.map((column) => pickRows(column, rows)),
    ),
  )
}

it('rebuilds rows as badly as NannyML does, from the same components', () => {
  const [before, after] = [errorsOf(columnsOf(reference)), errorsOf(columnsOf(analysis))]
  expect(before.length).toBe(6)
  for (const [i, { value }] of before.entries()) expect(value).toBeCloseTo(expected.reference_errors[i] ?? NaN, 8)
  for (const [i, { value, standardError }] of after.entries()) {
    expect(value).toBeCloseTo(expected.analysis_errors[i] ?? NaN, 8)
    expect(standardError).toBeCloseTo(expected.sampling_errors[i] ?? NaN, 8)
  }
  const values = before.map(({ value }) => value)
  const bounds = boundsOf({ kind: 'deviation' }, values)
  expect(bounds.upper).toBeCloseTo(expected.upper_threshold, 8)
  expect(bounds.lower).toBeCloseTo(expected.lower_threshold, 8)
})

it('sees columns part that hold together in the reference, which no single column shows', () => {
  const rows = (sign: number) => Array.from({ length: 80 }, (_, i) => ({ a: i - 39.5, b: sign * (i - 39.5) }))
  const columns = (sign: number) => ['a', 'b'].map((name) => numericColumnOf(rows(sign), name))
  const learned = reconstructionOf(columns(1))
  expect(reconstructionError(learned, columns(1)).value).toBeCloseTo(0, 9)
  expect(reconstructionError(learned, columns(-1)).value).toBeGreaterThan(1)
})
