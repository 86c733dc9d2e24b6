import { cellValue } from '../../domain/cell-value.ts'
import type { Cell } from '../../domain/cell.ts'
import { powerOf } from '../../domain/power.ts'
import { allOf, type Condition } from '../../domain/predicate.ts'
import type { ExpectationFindings } from '../../domain/validation-result.ts'
import type { TableQuestions } from '../table-questions.ts'
import type { EvaluationContext, Outcome } from './catalogue-entry.ts'

/** A judgement of rows one by one. */
export interface RowJudgement {
  /** The values that results show. */
  readonly columns: ReadonlyArray<string>
  /** Rows that are judged. */
  readonly scope: Condition
  /** Rows of the scope that count as missing; absent: the judgement knows no missing rows. */
  readonly missing?: Condition
  /** True for rows that are not as expected; rows that are missing are left out by it. */
  readonly unexpected: Condition
  /** How many rows are unexpected, where counting rows by `unexpected` is not the best way. */
  readonly countUnexpected?: () => Promise<number>
  readonly mostly: number
}

/** Counts, lists and judges rows. Members follow Great Expectations' result formats. */
export async function mapOutcome(judgement: RowJudgement, context: EvaluationContext): Promise<Outcome> {
  const { table, resultFormat } = context
  const { scope, missing, mostly } = judgement
  const unexpectedRows = allOf(scope, judgement.unexpected)
  context.onUnexpectedRows?.({ columns: judgement.columns, where: unexpectedRows })
  const [elements, missingCount, unexpected] = await Promise.all([
    table.count(scope),
    missing === undefined ? 0 : table.count(allOf(scope, missing)),
    judgement.countUnexpected?.() ?? table.count(unexpectedRows),
  ])
  const judged = elements - missingCount
  const success = judged === 0 || (judged - unexpected) / judged >= mostly
  const power = mostly < 1 ? { power: powerOf(judged, unexpected, mostly) } : {}
  if (resultFormat === 'BOOLEAN_ONLY') return { success, findings: {}, ...power }
  const percent = percentOf(unexpected, judged)
  const findings: ExpectationFindings = {
    elementCount: elements,
    unexpectedCount: unexpected,
    unexpectedPercent: percent,
    ...(missing === undefined
      ? {}
      : {
          missingCount,
          missingPercent: percentOf(missingCount, elements),
          unexpectedPercentTotal: percentOf(unexpected, elements),
          unexpectedPercentNonmissing: percent,
        }),
  }
  const lists = await listUnexpected(judgement.columns, unexpectedRows, unexpected, context)
  return { success, findings: { ...findings, ...lists }, ...power }
}

/** 0 to 100; null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100
}

async function listUnexpected(
  columns: ReadonlyArray<string>,
  where: Condition,
  count: number,
  context: EvaluationContext,
): Promise<ExpectationFindings> {
  const { table, resultFormat, keyColumns, partialUnexpectedCount } = context
  const complete = resultFormat === 'COMPLETE'
  const shown = [...columns, ...keyColumns.filter((key) => !columns.includes(key))]
  const [rows, counts, query] = await Promise.all([
    count === 0 ? [] : table.rows(shown, where, complete ? undefined : partialUnexpectedCount),
    count === 0 || resultFormat === 'BASIC' ? [] : table.values(columns, where, 'count', partialUnexpectedCount),
    complete ? table.selection(keyColumns.length > 0 ? keyColumns : columns, where) : undefined,
  ])
  const values = rows.map((row) => shownValue(columns, row, table))
  const keys = rows.map((row) => record(shown, row, table))
  return {
    partialUnexpectedList: values.slice(0, partialUnexpectedCount),
    ...(resultFormat === 'BASIC'
      ? {}
      : {
          partialUnexpectedCounts: counts.map((item) => ({
            value: shownValue(columns, item.values, table),
            count: item.count,
          })),
        }),
    ...(resultFormat === 'BASIC' || keyColumns.length === 0
      ? {}
      : { partialUnexpectedIndexList: keys.slice(0, partialUnexpectedCount) }),
    ...(complete ? { unexpectedList: values } : {}),
    ...(complete && keyColumns.length > 0 ? { unexpectedIndexList: keys } : {}),
    ...(query === undefined ? {} : { unexpectedIndexQuery: query }),
  }
}

function shownValue(columns: ReadonlyArray<string>, cells: ReadonlyArray<Cell>, table: TableQuestions): unknown {
  const [only] = columns
  return columns.length === 1 && only !== undefined
    ? cellValue(cells[0] ?? null, table.column(only).kind)
    : record(columns, cells, table)
}

function record(
  columns: ReadonlyArray<string>,
  cells: ReadonlyArray<Cell>,
  table: TableQuestions,
): Record<string, unknown> {
  return Object.fromEntries(columns.map((name, i) => [name, cellValue(cells[i] ?? null, table.column(name).kind)]))
}
