import { checkOneOf } from '../../../domain/checks/text.ts'
import type { View } from '../../../domain/page.ts'
import { type SqlPart, sqlPart } from './sql-part.ts'

/** The condition that a thing with a column `stage` is in view. */
export function inView(view: View = 'active'): SqlPart {
  checkOneOf('view', view, ['active', 'deleted', 'all'])
  return view === 'all' ? sqlPart('1') : sqlPart('t.stage = ?', view)
}

/**
 * The condition that a thing with columns `experiment` and `stage` is of one of the experiments and in view. Of several
 * experiments the newest come first by the index over all, hence the `+`, which keeps SQLite from using the column's.
 */
export function ofExperiments(ids: ReadonlyArray<string>, view: View | undefined): SqlPart {
  const numbers = ids.filter((id) => /^\d{1,15}$/.test(id)).map(Number)
  const scope = inView(view)
  const [only] = numbers
  if (numbers.length === 1 && only !== undefined)
    return sqlPart(`t.experiment = ? AND ${scope.text}`, only, ...scope.values)
  return sqlPart(
    `+t.experiment IN (SELECT value FROM json_each(?)) AND ${scope.text}`,
    JSON.stringify(numbers),
    ...scope.values,
  )
}
