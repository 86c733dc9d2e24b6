import { isNumeric, isTime, type Cell, type TableColumn } from '../domain/cell.ts'
import type { ProfileEngine } from './ports/profile-engine.ts'

/** A table to look for references in. */
export interface RelatedTable {
  readonly name: string
  readonly engine: ProfileEngine
}

/** Values of one column that occur in a key of another table. */
export interface ForeignKeyCandidate {
  readonly from: { readonly table: string; readonly column: string }
  readonly to: { readonly table: string; readonly column: string }
  /** Share of the different values looked at that occur there, 0 to 1. */
  readonly share: number
  /** Different values looked at; all of them when `exact`. */
  readonly values: number
  readonly exact: boolean
}

interface Known {
  readonly table: RelatedTable
  readonly column: TableColumn
  readonly unique: boolean
  readonly count: number
}

/**
 * Columns whose values occur in a unique column of the same kind in another table.
 * @param options.share - least share that must occur, default 0.95
 * @param options.values - different values of a column to look up, the most frequent first; default 1000
 * @returns greatest share first; ties by the order of the tables
 */
export async function foreignKeyCandidates(
  tables: ReadonlyArray<RelatedTable>,
  options: { readonly share?: number; readonly values?: number } = {},
): Promise<ReadonlyArray<ForeignKeyCandidate>> {
  const { share: least = 0.95, values: limit = 1000 } = options
  const known = (await Promise.all(tables.map(knownColumns))).flat()
  const found: Array<ForeignKeyCandidate> = []
  for (const from of known) {
    const targets = known.filter((to) => to.unique && to.table !== from.table && sameKind(from.column, to.column))
    if (targets.length === 0) continue
    const { groups, items } = await from.table.engine.columns.values(from.column, limit)
    const values = items.map(({ value }): Cell => value).filter((value) => !Number.isNaN(value))
    if (values.length < 2) continue
    for (const to of targets) {
      const share = (await to.table.engine.columns.present(to.column, values)) / values.length
      if (share >= least)
        found.push({ ...ends(from, to), share, values: values.length, exact: items.length === groups })
    }
  }
  return found.sort((a, b) => b.share - a.share)
}

async function knownColumns(table: RelatedTable): Promise<ReadonlyArray<Known>> {
  const { engine } = table
  const columns = (await engine.table.schema()).filter(({ kind }) => isKeyKind(kind))
  const totals = await engine.table.totals(columns)
  const known: Array<Known> = []
  for (const [i, column] of columns.entries()) {
    const count = totals.columns[i]?.count ?? 0
    const unique = count > 1 && count === totals.rows && (await engine.columns.distinct(column)) === count
    if (count > 0) known.push({ table, column, unique, count })
  }
  return known
}

// Flags and measurements are no references.
function isKeyKind(kind: TableColumn['kind']): boolean {
  return kind === 'text' || isTime(kind) || (isNumeric(kind) && kind !== 'float')
}

function sameKind(a: TableColumn, b: TableColumn): boolean {
  return a.kind === b.kind
}

function ends(from: Known, to: Known): Pick<ForeignKeyCandidate, 'from' | 'to'> {
  return {
    from: { table: from.table.name, column: from.column.name },
    to: { table: to.table.name, column: to.column.name },
  }
}
