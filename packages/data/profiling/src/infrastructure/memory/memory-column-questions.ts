import type { ColumnQuestions, ValueCounts } from '../../application/ports/profile-engine.ts'
import { numberOf } from '../../domain/cell-number.ts'
import { compareCells } from '../../domain/cell-order.ts'
import type { Cell, ColumnKind, TableColumn } from '../../domain/cell.ts'
import { distributionOf } from '../../domain/sketches/distribution.ts'
import { rankOf, REGISTER_COUNT } from '../../domain/sketches/registers.ts'
import { hashCell, type HashParts } from '../../domain/sketches/value-hash.ts'
import { columnNamed } from './column-named.ts'
import type { MemoryColumn, MemoryTable } from './memory-column.ts'

/** Answers by one pass over the column for each question; counts of values are kept for the next one. */
export function memoryColumnQuestions(table: MemoryTable): ColumnQuestions {
  const counted = new WeakMap<MemoryColumn, ReadonlyMap<Cell, number>>()
  const countsOf = (column: TableColumn): ReadonlyMap<Cell, number> => {
    const held = columnNamed(table, column)
    const counts = counted.get(held) ?? countValues(held)
    counted.set(held, counts)
    return counts
  }
  return {
    values: async (column, limit) => mostFrequent(countsOf(column), limit, column.kind),
    distinct: async (column) => countsOf(column).size,
    registers: async (column) => registersOf(countsOf(column).keys()),
    distribution: async (column, cut) => distributionOf(finite(countsOf(column)), cut).cells,
    extremes: async (column, { low, high, count }) => {
      const values = Float64Array.from([...finite(countsOf(column))], ([value]) => value).sort()
      const different = Array.from(values).filter((value, i) => i === 0 || value !== values[i - 1])
      return {
        smallest: different.filter((value) => value <= low).slice(0, count),
        largest: different
          .filter((value) => value >= high)
          .reverse()
          .slice(0, count),
      }
    },
    present: async (column, values) => {
      const counts = countsOf(column)
      return new Set(values.filter((value) => counts.has(value))).size
    },
  }
}

function countValues(column: MemoryColumn): ReadonlyMap<Cell, number> {
  const counts = new Map<Cell, number>()
  for (let i = 0; i < column.values.length; i++) {
    const value = column.values[i] ?? null
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

function mostFrequent(counts: ReadonlyMap<Cell, number>, limit: number, kind: ColumnKind): ValueCounts {
  const items = [...counts].map(([value, count]) => ({ value, count }))
  items.sort((a, b) => b.count - a.count || compareCells(a.value, b.value, kind))
  return { groups: items.length, items: items.slice(0, limit) }
}

function registersOf(values: Iterable<Cell>): Uint8Array {
  const registers = new Uint8Array(REGISTER_COUNT)
  const parts: HashParts = { register: 0, rest: 0 }
  for (const value of values) {
    hashCell(value, parts)
    registers[parts.register] = Math.max(registers[parts.register] ?? 0, rankOf(parts.rest))
  }
  return registers
}

function* finite(counts: ReadonlyMap<Cell, number>): Iterable<readonly [number, number]> {
  for (const [value, count] of counts) {
    const number = numberOf(value)
    if (Number.isFinite(number)) yield [number, count]
  }
}
