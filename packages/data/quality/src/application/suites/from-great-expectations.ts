import { z } from 'zod'

import { QualityError } from '../../domain/errors.ts'
import type { Expectation } from '../../domain/expectation.ts'
import type { ImportedSuite } from './imported-suite.ts'
import { SuiteDraft } from './suite-draft.ts'

/** How results are shown and which data is read: not the expectation's own. */
const BESIDE = new Set(['batch_id', 'result_format', 'catch_exceptions', 'include_config', 'meta'])
const members = z.record(z.string(), z.unknown())
const schema = z.object({
  name: z.string().optional(),
  expectation_suite_name: z.string().optional(),
  meta: members.nullish(),
  expectations: z.array(
    z.object({
      type: z.string().optional(),
      expectation_type: z.string().optional(),
      kwargs: members.default({}),
      meta: members.nullish(),
      severity: z.enum(['critical', 'warning', 'info']).nullish(),
      id: z.string().nullish(),
    }),
  ),
})

/**
 * Translates a suite of Great Expectations, as its stores keep it in JSON (1.x, and the names that 0.x used). An expectation that
 * cannot be translated whole is left out and told: custom ones, row conditions (they are pandas or Python there), parameters that
 * are given at run time, regular expressions of forms that engines do not share.
 * @throws QualityError `quality/invalid-suite` for what is no such suite
 */
export function fromGreatExpectations(data: unknown): ImportedSuite {
  const parsed = schema.safeParse(data)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new QualityError('quality/invalid-suite', `no suite of Great Expectations: ${path}: ${issue?.message}`, {
      path,
    })
  }
  const { name, expectation_suite_name: oldName, meta, expectations } = parsed.data
  const draft = new SuiteDraft()
  for (const [index, { type: newType, expectation_type: oldType, kwargs, ...rest }] of expectations.entries()) {
    const path = ['expectations', index]
    const [own, beside] = argumentsOf(kwargs)
    if (own['rowCondition'] !== undefined) {
      draft.leaveOut(
        [...path, 'kwargs', 'row_condition'],
        'a row condition is in another language: write the expectation anew',
      )
      continue
    }
    const type = camelCase(newType ?? oldType ?? '')
    if (!draft.add(path, { type, kwargs: own, ...presentOf(rest) })) continue
    for (const argument of beside)
      draft.leaveOut([...path, 'kwargs', argument], 'says how to run or show, not what is expected', false)
  }
  return draft.finish(name ?? oldName ?? 'imported', meta ?? undefined)
}

function argumentsOf(
  kwargs: Readonly<Record<string, unknown>>,
): readonly [own: Readonly<Record<string, unknown>>, beside: ReadonlyArray<string>] {
  // None is how Great Expectations writes that an argument is not given.
  const given = Object.entries(kwargs).filter(([, value]) => value !== null)
  // Says in which language the row condition is; nothing without one.
  const asked = given.filter(([name]) => name !== 'condition_parser' || kwargs['row_condition'] !== undefined)
  const own = asked.filter(([name]) => !BESIDE.has(name))
  return [
    Object.fromEntries(
      own.map(([name, value]) => [
        camelCase(name),
        name === 'ignore_row_if' && typeof value === 'string' ? camelCase(value) : value,
      ]),
    ),
    asked.filter(([name]) => BESIDE.has(name)).map(([name]) => name),
  ]
}

function presentOf({
  meta,
  severity,
  id,
}: {
  readonly meta?: Readonly<Record<string, unknown>> | null | undefined
  readonly severity?: 'critical' | 'warning' | 'info' | null | undefined
  readonly id?: string | null | undefined
}): Pick<Expectation, 'meta' | 'severity' | 'id'> {
  const notes = meta && Object.keys(meta).length > 0 ? { meta } : {}
  return { ...notes, ...(severity ? { severity } : {}), ...(id ? { id } : {}) }
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
