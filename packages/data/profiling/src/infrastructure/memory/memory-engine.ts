import type { ProfileEngine, TableQuestions } from '../../application/ports/profile-engine.ts'
import { ProfilingError } from '../../domain/errors.ts'
import { compareMissing } from '../../domain/missing-mask.ts'
import { VALUE_HASH } from '../../domain/sketches/value-hash.ts'
import { columnNamed } from './column-named.ts'
import { memoryColumnQuestions } from './memory-column-questions.ts'
import type { MemoryTable } from './memory-column.ts'
import { memoryTotals } from './memory-totals.ts'
import { sampledRows } from './sampled-rows.ts'

/**
 * Plain TypeScript over a table that is held in memory; runs in a browser.
 * @throws ProfilingError `profiling/unreadable-data` where two columns have the same name
 */
export function memoryEngine(table: MemoryTable): ProfileEngine {
  const names = new Set<string>()
  for (const { name } of table.columns) {
    if (names.has(name)) {
      throw new ProfilingError('profiling/unreadable-data', `two columns are named ${JSON.stringify(name)}: rename one`)
    }
    names.add(name)
  }
  return { name: 'memory', hash: VALUE_HASH, columns: memoryColumnQuestions(table), table: tableQuestions(table) }
}

function tableQuestions(table: MemoryTable): TableQuestions {
  return {
    schema: async () => table.columns.map(({ name, kind, physicalType }) => ({ name, kind, physicalType })),
    totals: async (columns) => ({
      rows: table.rows,
      columns: columns.map((column) => memoryTotals(columnNamed(table, column))),
    }),
    missingPatterns: async (columns, limit) => {
      const held = columns.map((column) => columnNamed(table, column))
      const patterns = new Map<string, number>()
      for (let row = 0; row < table.rows; row++) {
        const mask = held.flatMap(({ values }, i) => ((values[row] ?? null) === null ? [i] : [])).join(' ')
        patterns.set(mask, (patterns.get(mask) ?? 0) + 1)
      }
      const found = [...patterns].map(([mask, rows]) => ({
        missing: mask === '' ? [] : mask.split(' ').map(Number),
        rows,
      }))
      return found.sort((a, b) => b.rows - a.rows || compareMissing(a.missing, b.missing, held.length)).slice(0, limit)
    },
    distinctRows: async (columns) => {
      const held = columns.filter(({ kind }) => kind !== 'other').map((column) => columnNamed(table, column))
      if (held.length === 0) return table.rows
      const rows = new Set<string>()
      for (let row = 0; row < table.rows; row++) rows.add(JSON.stringify(held.map(({ values }) => keyOf(values[row]))))
      return rows.size
    },
    sample: async (columns, { rows, seed }) => {
      const chosen = sampledRows(table.rows, rows, seed)
      return {
        rows: chosen.length,
        complete: chosen.length === table.rows,
        columns: columns.map((column) => {
          const { name, kind, values } = columnNamed(table, column)
          return { name, kind, values: Array.from(chosen, (row) => values[row] ?? null) }
        }),
      }
    },
  }
}

function keyOf(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'bigint' ? `#${value}` : value
}
