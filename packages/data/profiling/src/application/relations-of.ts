import type { TableSample } from '../domain/cell.ts'
import type { FunctionalDependency, KeyCandidate } from '../domain/profile.ts'
import { codedColumns } from '../domain/relations/coded-columns.ts'
import { functionalDependencies } from '../domain/relations/functional-dependencies.ts'
import { wideKeys } from '../domain/relations/wide-keys.ts'
import type { ColumnEvidence } from './column-evidence.ts'
import type { ProfileOptions } from './profile-options.ts'

/** Keys of one column by counting all rows; wider ones, and dependencies, from the sample. */
export function relationsOf(
  gathered: ReadonlyArray<ColumnEvidence>,
  rows: number,
  sample: TableSample,
  options: ProfileOptions,
): { readonly keys: ReadonlyArray<KeyCandidate>; readonly dependencies: ReadonlyArray<FunctionalDependency> } {
  const single = gathered.filter(
    ({ totals, distinct }) => rows > 0 && totals.count === rows && distinct.exact && distinct.value === rows,
  )
  const keys = single.map(({ column }) => ({ columns: [column.name], exact: true }))
  if (!options.relations) return { keys, dependencies: [] }
  const coded = codedColumns(sample)
  return {
    keys: [
      ...keys,
      ...wideKeys(
        coded.filter(({ name }) => mayBePart(name, gathered, single)),
        sample.rows,
      ).map((columns) => ({ columns, exact: sample.complete })),
    ],
    dependencies: functionalDependencies(coded, sample.rows, options.dependencyError),
  }
}

// Measurements are near-unique in any pair, and say nothing.
function mayBePart(
  name: string,
  gathered: ReadonlyArray<ColumnEvidence>,
  single: ReadonlyArray<ColumnEvidence>,
): boolean {
  const evidence = gathered.find(({ column }) => column.name === name)
  return evidence !== undefined && evidence.column.kind !== 'float' && !single.includes(evidence)
}
