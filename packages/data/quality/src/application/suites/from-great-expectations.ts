import { z } from 'zod'

import { QualityError } from '../../domain/errors.ts'
import type { Expectation, Suite } from '../../domain/expectation.ts'
import { parsePattern } from '../../domain/pattern/parse-pattern.ts'
import { argumentIssues } from '../catalogue/catalogue.ts'

/** Something of a Great Expectations suite that is not in the translated one. */
export interface Untranslated {
  /** The expectation's place in the suite, from 0. */
  readonly index: number
  /** Great Expectations' name. */
  readonly type: string
  /** The whole expectation is left out, or only this argument, which changes no outcome. */
  readonly leftOut: 'expectation' | { readonly argument: string }
  readonly reason: string
}

/** A translated suite, and what is not in it. */
export interface ImportedSuite {
  readonly suite: Suite
  readonly untranslated: ReadonlyArray<Untranslated>
}

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
  const translated: Array<Expectation> = []
  const untranslated: Array<Untranslated> = []
  for (const [index, { type: newType, expectation_type: oldType, kwargs, ...rest }] of expectations.entries()) {
    const type = newType ?? oldType ?? ''
    const [own, beside] = argumentsOf(kwargs)
    const expectation = { type: camelCase(type), kwargs: own, ...presentOf(rest) }
    const reason = reasonAgainst(expectation)
    if (reason !== undefined) {
      untranslated.push({ index, type, leftOut: 'expectation', reason })
      continue
    }
    translated.push(expectation)
    for (const argument of beside)
      untranslated.push({ index, type, leftOut: { argument }, reason: 'says how to run or show, not what is expected' })
  }
  const suite = { name: name ?? oldName ?? 'imported', expectations: translated }
  return { suite: meta ? { ...suite, meta } : suite, untranslated }
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

function reasonAgainst({ type, kwargs }: Expectation): string | undefined {
  if (kwargs['rowCondition'] !== undefined) return 'its row condition is in another language: write it anew'
  try {
    const issues = argumentIssues({ type, kwargs })
    if (issues.length === 0) {
      checkPatterns(kwargs)
      return undefined
    }
    return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ')
  } catch (fault) {
    if (QualityError.is(fault)) return fault.message
    throw fault
  }
}

// Python's regular expressions have forms that ours refuse.
function checkPatterns({ regex, regexList }: Expectation['kwargs']): void {
  const patterns: ReadonlyArray<unknown> = Array.isArray(regexList) ? regexList : [regex]
  for (const pattern of patterns) if (typeof pattern === 'string') parsePattern(pattern)
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
