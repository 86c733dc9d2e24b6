import { jsonValue } from '../domain/json-value.ts'
import type { ColumnSketch } from '../domain/sketches/column-sketch.ts'
import { registersText } from '../domain/sketches/registers.ts'
import type { ColumnEvidence } from './column-evidence.ts'

/** Values kept in a sketch, at most: what JSON can carry for a hundred columns. */
const KEPT_VALUES = 1000

/** The mergeable state of a column. */
export function columnSketch(
  { column, totals, registers, values, distribution }: ColumnEvidence,
  hash: string,
): ColumnSketch {
  const kept = values?.items.slice(0, KEPT_VALUES) ?? []
  return {
    hash,
    kind: column.kind,
    ...(registers === undefined ? {} : { registers: registersText(registers) }),
    ...(values === undefined
      ? {}
      : {
          values: {
            complete: values.groups === kept.length,
            atMost: values.groups === kept.length ? 0 : (kept.at(-1)?.count ?? totals.count),
            items: kept.flatMap(({ value, count }) =>
              value === null ? [] : [{ value: jsonValue(value, column.kind), count }],
            ),
          },
        }),
    ...(distribution === undefined ? {} : { distribution }),
    ...(typeof totals.sum === 'string' ? { exactSum: totals.sum } : {}),
    ...(totals.lengths === undefined ? {} : { lengthSum: totals.lengths.sum }),
  }
}
