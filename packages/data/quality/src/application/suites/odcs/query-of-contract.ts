import type { Expectation } from '../../../domain/expectation.ts'
import type { Place, SuiteDraft } from '../suite-draft.ts'
import type { RuleScope } from './contract.ts'
import { boundsOf } from './thresholds.ts'

/** Adds a rule that is a statement: the one number it gives lies between bounds. */
export function addQuery(
  rule: Readonly<Record<string, unknown>>,
  { table, column }: RuleScope,
  notes: Pick<Expectation, 'severity' | 'meta' | 'id'>,
  path: Place,
  draft: SuiteDraft,
): void {
  const { query } = rule
  const bounds = boundsOf(rule)
  if (typeof query !== 'string') return draft.leaveOut([...path, 'query'], 'it has no query')
  if (typeof bounds === 'string') return draft.leaveOut(path, bounds)
  const names = [table.name, table.physicalName].filter((name) => name !== undefined)
  let text = query.replaceAll(/\$?\{\s*(table|object|model)\s*\}/gi, '{table}')
  if (column !== undefined) text = text.replaceAll(/\$?\{\s*(column|property)\s*\}/gi, quoted(column))
  // The contract calls the table by its name; here it is whatever is checked.
  for (const name of names) {
    const named = new RegExp(`\\b(from|join)(\\s+)(["\`]?)${name.replaceAll(/[^\w]/g, '\\$&')}\\3(?![\\w.])`, 'gi')
    text = text.replaceAll(named, (_, word: string, space: string) => `${word}${space}{table}`)
  }
  draft.add([...path, 'query'], {
    type: 'expectQueryValueToBeBetween',
    kwargs: { query: text.trim(), ...bounds },
    ...notes,
  })
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
