import type { TableEngine } from '../../application/ports/table-engine.ts'
import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { Answer } from '../../domain/measure.ts'
import { measureTable } from './memory-measures.ts'
import type { MemoryTable } from './memory-table.ts'

/**
 * Answers from a table in memory: plain TypeScript, runs in a browser. Waits for nothing but gives way between measures, so that it
 * can be cancelled.
 * @param source - what results call the table; `memory` when absent
 */
export function memoryEngine(table: MemoryTable, source = 'memory'): TableEngine {
  return {
    name: 'memory',
    source,
    columns: () => Promise.resolve(table.columns.map(({ name, kind, physicalType }) => ({ name, kind, physicalType }))),
    measure: async (measures, { signal } = {}) => {
      const answers: Array<Answer> = []
      for (const measure of measures) {
        throwIfCancelled(signal)
        answers.push(measureTable(measure, table))
        if (signal !== undefined) await new Promise((resolve) => setTimeout(resolve))
      }
      return answers
    },
    explain: (measures) => Promise.resolve(measures.map((measure) => JSON.stringify(measure, textOfBigint))),
  }
}

function textOfBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
