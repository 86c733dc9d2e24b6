import type { Expectation } from '../../../domain/expectation.ts'
import type { Place, SuiteDraft } from '../suite-draft.ts'
import { expectationOfTest } from './expectation-of-test.ts'

type Members = Readonly<Record<string, unknown>>

/** Settings that say how to run, store or name a test. */
const BESIDE = new Set([
  'name',
  'alias',
  'description',
  'tags',
  'meta',
  'enabled',
  'store_failures',
  'store_failures_as',
  'limit',
  'database',
  'schema',
  'quote',
  'quote_values',
  'is_raw',
])
/** Settings that change the outcome in ways of their own. */
const UNKNOWN = ['warn_if', 'error_if', 'fail_calc', 'group_by', 'flags']

/** Adds a generic test of a column, or of the table where there is none. */
export function addTest(test: string | Members, column: string | undefined, path: Place, draft: SuiteDraft): void {
  const { name, given } = takenApart(test)
  if (name === undefined) return draft.leaveOut(path, 'a test is a name, or a name with arguments')
  const { config, arguments: inner, ...rest } = given
  const all: Members = { ...membersOf(config), ...rest, ...membersOf(inner) }
  if (all['enabled'] === false) return draft.leaveOut(path, 'it is turned off', false)
  const unknown = UNKNOWN.find((key) => all[key] !== undefined)
  if (unknown !== undefined) return draft.leaveOut(path, `${name}: ${unknown} has no counterpart`)
  const { where, severity, column_name: named, ...others } = all
  const args = Object.fromEntries(Object.entries(others).filter(([key]) => !BESIDE.has(key)))
  const read = withoutJinja(args)
  if (typeof read === 'string') return draft.leaveOut(path, `${name}: ${read} is Jinja`)
  const own = column ?? (typeof named === 'string' ? named : undefined)
  const found = expectationOfTest(name, read, own)
  if (typeof found === 'string') return draft.leaveOut(path, `${name}: ${found}`)
  draft.add(path, withSettings(found, where, severity))
}

function takenApart(test: string | Members): { readonly name: string | undefined; readonly given: Members } {
  if (typeof test === 'string') return { name: test, given: {} }
  // The long form, where the name of the test is a member.
  if (typeof test['test_name'] === 'string') {
    const { test_name: name, ...given } = test
    return { name, given }
  }
  // `- unique:` with its settings below; in some files they stand beside it.
  const [first, ...rest] = Object.entries(test)
  return { name: first?.[0], given: { ...Object.fromEntries(rest), ...membersOf(first?.[1]) } }
}

function withSettings(
  { type, kwargs }: Pick<Expectation, 'type' | 'kwargs'>,
  where: unknown,
  severity: unknown,
): Expectation {
  const scoped = where === undefined ? kwargs : { ...kwargs, rowCondition: where }
  return {
    type,
    kwargs: scoped,
    ...(typeof severity === 'string' && severity.toLowerCase() === 'warn' ? { severity: 'warning' } : {}),
  }
}

// References become names of tables; anything else of Jinja is code. A text tells the code.
function withoutJinja(args: Members): Members | string {
  const read: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(args)) {
    const text = typeof value === 'string' ? value.replaceAll(/^\s*\{\{|\}\}\s*$/g, '').trim() : undefined
    const reference = text === undefined ? null : /^(?:ref|source)\(\s*(?:.*,)?\s*['"]([^'"]+)['"]\s*\)$/.exec(text)
    if (reference === null && JSON.stringify(value)?.match(/\{\{|\{%/)) return text ?? key
    read[key] = reference === null ? value : reference[1]
  }
  return read
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
