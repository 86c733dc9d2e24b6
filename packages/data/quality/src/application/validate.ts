import { z } from 'zod'

import { throwIfCancelled } from '../domain/cancellation.ts'
import { QualityError } from '../domain/errors.ts'
import type { Expectation, Suite } from '../domain/expectation.ts'
import type { ExpectationResult, ResultFormat, ValidationResult } from '../domain/validation-result.ts'
import { Batch } from './batch.ts'
import type { EvaluationContext, UnexpectedRows } from './catalogue/catalogue-entry.ts'
import { catalogueEntry } from './catalogue/catalogue.ts'
import type { TableEngine } from './ports/table-engine.ts'
import { TableQuestions } from './table-questions.ts'

/** How a suite is validated. */
export interface ValidateOptions {
  /** How much results carry. Default `SUMMARY`. */
  readonly resultFormat?: ResultFormat
  /** Most values in partial lists. Default 20. */
  readonly partialUnexpectedCount?: number
  /** Columns that tell rows apart: failing rows come back by them. */
  readonly keyColumns?: ReadonlyArray<string>
  /** Throw at the first expectation that cannot be evaluated, instead of a result with its `exception`. Default false. */
  readonly strict?: boolean
  /** Other tables by name, for expectations that compare. */
  readonly tables?: Readonly<Record<string, TableEngine>>
  /** Rows of earlier validations of this table, oldest first. Default: none. */
  readonly rowCountHistory?: () => Promise<ReadonlyArray<number>>
  /** The rows that an expectation finds unexpected, with its place in the suite; those that judge no rows have none. */
  readonly onUnexpectedRows?: (rows: UnexpectedRows, index: number) => void
  /** Each result as soon as it is there, with its place in the suite; those that need fewer scans come first. */
  readonly onResult?: (result: ExpectationResult, index: number) => void
  readonly signal?: AbortSignal
  /** Epoch milliseconds. Default: the clock. */
  readonly now?: () => number
}

const schema = z.object({
  resultFormat: z.enum(['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE']).default('SUMMARY'),
  partialUnexpectedCount: z.number().int().min(0).max(10_000).default(20),
  keyColumns: z.array(z.string()).default([]),
})

/**
 * Judges every expectation of a suite; those that ask of the same table share its scans. An expectation that cannot be evaluated (an
 * unknown column, wrong arguments, a failed query) fails with its `exception` and harms no other.
 * @throws QualityError `quality/invalid-options`, `quality/cancelled`; with `strict` whatever an expectation throws; what the engine
 *   throws when it cannot tell its columns
 */
export async function validate(
  suite: Suite,
  engine: TableEngine,
  options: ValidateOptions = {},
): Promise<ValidationResult> {
  const now = options.now ?? Date.now
  const startedAt = now()
  const { signal } = options
  throwIfCancelled(signal)
  const context = await contextOf(engine, options, now)
  const rows = context.table.count()
  rows.catch(() => undefined)
  const results = await Promise.all(
    suite.expectations.map(async (expectation, index) => {
      const own = contextOfOne(context, (unexpected) => options.onUnexpectedRows?.(unexpected, index))
      const result = await evaluate(expectation, own, options.strict === true)
      throwIfCancelled(signal)
      options.onResult?.(result, index)
      return result
    }),
  )
  const successful = results.filter(({ success }) => success).length
  return {
    suite: suite.name,
    source: engine.source,
    engine: engine.name,
    startedAt,
    rows: await rows,
    durationMs: now() - startedAt,
    success: successful === results.length,
    statistics: {
      evaluated: results.length,
      successful,
      unsuccessful: results.length - successful,
      successPercent: results.length === 0 ? null : (successful / results.length) * 100,
    },
    results,
  }
}

async function contextOf(engine: TableEngine, options: ValidateOptions, now: () => number): Promise<EvaluationContext> {
  const parsed = schema.safeParse(options)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new QualityError(
      'quality/invalid-options',
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
      {
        path: issue?.path.join('.'),
      },
    )
  }
  const batch = new Batch(engine, options.signal)
  const table = new TableQuestions(await engine.columns({ signal: options.signal }), batch, engine.name)
  for (const name of parsed.data.keyColumns) table.column(name)
  const others = new Map<string, Promise<TableQuestions>>()
  const context: EvaluationContext = {
    ...parsed.data,
    table,
    evaluate: (type, kwargs) => catalogueEntry(type).evaluate(kwargs, context),
    now,
    otherTable: (name) => {
      const known = others.get(name) ?? otherTable(name, options)
      others.set(name, known)
      return known
    },
    rowCountHistory: options.rowCountHistory ?? (() => Promise.resolve([])),
  }
  return context
}

// What an expectation contains is evaluated in the context of its own.
function contextOfOne(context: EvaluationContext, onUnexpectedRows: (rows: UnexpectedRows) => void): EvaluationContext {
  const own: EvaluationContext = {
    ...context,
    onUnexpectedRows,
    evaluate: (type, kwargs) => catalogueEntry(type).evaluate(kwargs, own),
  }
  return own
}

async function otherTable(name: string, { tables = {}, signal }: ValidateOptions): Promise<TableQuestions> {
  const engine = Object.hasOwn(tables, name) ? tables[name] : undefined
  if (engine === undefined) {
    const known = Object.keys(tables).join(', ')
    throw new QualityError(
      'quality/invalid-arguments',
      `no table ${JSON.stringify(name)} was given; there are: ${known || 'none'}`,
      {
        table: name,
      },
    )
  }
  return new TableQuestions(await engine.columns({ signal }), new Batch(engine, signal), engine.name)
}

async function evaluate(
  expectation: Expectation,
  context: EvaluationContext,
  strict: boolean,
): Promise<ExpectationResult> {
  const severity = expectation.severity ?? 'critical'
  try {
    const { success, findings, power } = await catalogueEntry(expectation.type).evaluate(expectation.kwargs, context)
    return { expectation, severity, success, result: findings, ...(power === undefined ? {} : { power }) }
  } catch (fault) {
    if (strict || !QualityError.is(fault) || fault.code === 'quality/cancelled') throw fault
    return {
      expectation,
      severity,
      success: false,
      result: {},
      exception: { code: fault.code, message: fault.message },
    }
  }
}
