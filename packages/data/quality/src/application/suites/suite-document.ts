import { z } from 'zod'

import { QualityError } from '../../domain/errors.ts'
import type { Expectation, Suite } from '../../domain/expectation.ts'
import { nearestName } from '../../domain/nearest-name.ts'
import { parseRowCondition } from '../../domain/row-condition.ts'
import { argumentIssues, expectationSchema } from '../catalogue/catalogue.ts'

/** Where something stands in a text; both count from 1. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

/** Something wrong with a suite. */
export interface SuiteIssue {
  readonly path: ReadonlyArray<string | number>
  readonly message: string
  readonly nearest?: string
}

const meta = z.record(z.string(), z.unknown())
const beside = {
  severity: z.exactOptional(z.enum(['critical', 'warning', 'info'])).describe('critical when absent'),
  meta: z.exactOptional(meta).describe('free notes; carried into the result'),
  id: z.exactOptional(z.string().min(1)).describe('a stable name; made from type and arguments when absent'),
}
const outline = {
  $schema: z.exactOptional(z.string()).describe('for editors'),
  name: z.string().min(1),
  meta: z.exactOptional(meta),
}
const schema = z.strictObject({
  ...outline,
  expectations: z.array(z.strictObject({ type: z.string(), kwargs: meta, ...beside })),
})

/**
 * Reads a suite from data, such as a parsed `suite.json`, and checks every expectation and its arguments.
 * @param at - where a part stands in the text that the data came from; messages then begin with line and column
 * @throws QualityError `quality/invalid-suite`: the message tells the first fault and how many more there are,
 *   `details.issues` has all with path, line, column and the nearest name
 */
export function parseSuiteData(
  data: unknown,
  at: (path: ReadonlyArray<string | number>) => TextPosition | undefined = () => undefined,
): Suite {
  const parsed = schema.safeParse(data)
  const issues = parsed.success
    ? parsed.data.expectations.flatMap((expectation, i) => issuesOf(expectation, ['expectations', i]))
    : parsed.error.issues.flatMap(outlineIssues)
  if (!parsed.success || issues.length > 0) throw invalidSuite(issues, at)
  const { name, expectations, meta: notes } = parsed.data
  return { name, expectations, ...(notes === undefined ? {} : { meta: notes }) }
}

/** The JSON Schema (draft 2020-12) of a suite, with the arguments of every expectation. Editors complete and check by it. */
export function suiteSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(
    z
      .strictObject({ ...outline, expectations: z.array(expectationSchema(beside)) })
      .describe('Expectations of a table, as `nomaly check --suite` reads them, from JSON or YAML.'),
    { io: 'input', unrepresentable: 'any' }, // bigint is how code writes whole numbers past 2^53
  )
}

function issuesOf({ type, kwargs }: Expectation, path: SuiteIssue['path']): ReadonlyArray<SuiteIssue> {
  try {
    const issues = argumentIssues({ type, kwargs })
    if (issues.length === 0) checkCondition(kwargs['rowCondition'])
    return issues.map((issue) => ({
      ...issue,
      path: [...path, 'kwargs', ...issue.path],
      message: `${type}: ${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue.message}`,
    }))
  } catch (fault) {
    if (!QualityError.is(fault)) throw fault
    const { message, details } = fault
    if (fault.code !== 'quality/unknown-expectation')
      return [{ path: [...path, 'kwargs', 'rowCondition'], message: `${type}: rowCondition: ${message}` }]
    const { nearest } = details
    return [{ path: [...path, 'type'], message, ...(typeof nearest === 'string' ? { nearest } : {}) }]
  }
}

function checkCondition(condition: unknown): void {
  if (typeof condition === 'string') parseRowCondition(condition)
}

function outlineIssues(issue: z.core.$ZodIssue): ReadonlyArray<SuiteIssue> {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  const place = path.length === 0 ? 'the suite' : path.join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path, message: `${place}: ${issue.message}` }]
  const known = path.length === 0 ? ['name', 'expectations', 'meta'] : ['type', 'kwargs', 'severity', 'meta', 'id']
  return issue.keys.map((key) => {
    const nearest = nearestName(key, known)
    const hint = nearest === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${nearest}?`
    const message = `${place}: there is no member ${JSON.stringify(key)}${hint}`
    return { path: [...path, key], message, ...(nearest === undefined ? {} : { nearest }) }
  })
}

function invalidSuite(
  found: ReadonlyArray<SuiteIssue>,
  at: (path: SuiteIssue['path']) => TextPosition | undefined,
): QualityError {
  const issues = found.map((issue) => ({ ...issue, ...at(issue.path) }))
  const [first] = issues
  const place = first?.line === undefined ? '' : `line ${first.line}, column ${first.column}: `
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return new QualityError('quality/invalid-suite', `${place}${first?.message ?? 'no suite'}${more}`, {
    path: first?.path,
    line: first?.line,
    column: first?.column,
    nearest: first?.nearest,
    issues,
  })
}
