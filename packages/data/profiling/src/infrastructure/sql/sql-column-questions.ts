import type { ColumnQuestions } from '../../application/ports/profile-engine.ts'
import type { DistributionCell } from '../../domain/sketches/column-sketch.ts'
import { momentsOfPowerSums } from '../../domain/sketches/moments.ts'
import { rankOf, REGISTER_COUNT } from '../../domain/sketches/registers.ts'
import { cellFrom, countFrom, numberFrom } from './read-answer.ts'
import type { RunQuery, SqlRow } from './run-query.ts'
import {
  distinctSql,
  distributionSql,
  extremesSql,
  presentSql,
  registersSql,
  type StatementContext,
  valuesSql,
} from './statements.ts'

/** Answers by one statement for each question. */
export function sqlColumnQuestions(context: StatementContext, query: RunQuery): ColumnQuestions {
  const first = async (sql: string): Promise<SqlRow> => (await query(sql))[0] ?? {}
  return {
    values: async (column, limit) => {
      const rows = await query(valuesSql(context, column, limit))
      return {
        groups: rows[0] === undefined ? 0 : countFrom(rows[0], 'g'),
        items: rows.map((row) => ({ value: cellFrom(row, 'c', column.kind), count: countFrom(row, 'n') })),
      }
    },
    distinct: async (column) => countFrom(await first(distinctSql(context, column)), 'n'),
    registers: async (column) => {
      const registers = new Uint8Array(REGISTER_COUNT)
      for (const row of await query(registersSql(context, column))) {
        const rest = numberFrom(row, 'w')
        if (rest !== null) registers[countFrom(row, 'r')] = rankOf(rest)
      }
      return registers
    },
    distribution: async (column, cut) => {
      const rows = await query(distributionSql(context, column, cut))
      return rows.map((row) => cellOf(row, 2 ** cut.exponent, cut.buckets))
    },
    extremes: async (column, ends) => {
      const rows = await query(extremesSql(context, column, ends))
      const values = [...new Set(rows.map((row) => countFrom(row, 'v')))].sort((a, b) => a - b)
      return {
        smallest: values.filter((value) => value <= ends.low).slice(0, ends.count),
        largest: values
          .filter((value) => value >= ends.high)
          .reverse()
          .slice(0, ends.count),
      }
    },
    present: async (column, values) =>
      values.length === 0 ? 0 : countFrom(await first(presentSql(context, column, values)), 'n'),
  }
}

function cellOf(row: SqlRow, width: number, moments: boolean): DistributionCell {
  const [span, n, min, max] = [countFrom(row, 'k'), countFrom(row, 'n'), countFrom(row, 'lo'), countFrom(row, 'hi')]
  const place = { span: span + 0, bucket: numberFrom(row, 'b'), n, min: min + 0, max: max + 0 }
  if (!moments || min === max) return { ...place, mean: moments ? min : (min + max) / 2, m2: 0, m3: 0, m4: 0 }
  const sums = [countFrom(row, 's1'), countFrom(row, 's2'), countFrom(row, 's3'), countFrom(row, 's4')] as const
  return { ...place, ...momentsOfPowerSums(n, sums, (span + 0.5) * width, width) }
}
