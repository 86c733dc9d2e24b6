import { expectationId } from '../expectation-id.ts'
import { subjectOf } from '../expectation-subject.ts'
import type { Severity } from '../expectation.ts'
import { type QualityScore, scoreOf } from '../score/quality-score.ts'
import type { ValidationResult } from '../validation-result.ts'

/** A validation that was kept. */
export interface KeptResult {
  readonly id: string
  /** What the results of one table are kept under: a suite's name, unless something better is known. */
  readonly dataset: string
  readonly validation: ValidationResult
  readonly score: QualityScore
}

/** What lists tell of a kept validation. */
export interface ResultSummary {
  readonly id: string
  readonly dataset: string
  readonly suite: string
  readonly source: string
  readonly engine: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly durationMs: number
  readonly rows: number
  readonly success: boolean
  readonly evaluated: number
  readonly successful: number
  /** 0 to 100; null where nothing was judged. */
  readonly score: number | null
}

/** How one expectation came out at one time. */
export interface ExpectationPoint {
  readonly result: string
  /** Epoch milliseconds. */
  readonly at: number
  /** See `expectationId`. */
  readonly expectation: string
  readonly type: string
  /** Its column or columns; empty for the table. */
  readonly subject: string
  readonly severity: Severity
  readonly outcome: 'met' | 'unmet' | 'error'
  /** 0 to 100 of the rows judged; null where it judges no rows. */
  readonly unexpectedPercent: number | null
  /** What was observed, where it is a number. */
  readonly observed: number | null
}

/** What lists tell of a kept result. */
export function summaryOf({ id, dataset, validation, score }: KeptResult): ResultSummary {
  const { suite, source, engine, startedAt, durationMs, rows, success, statistics } = validation
  const { evaluated, successful } = statistics
  return {
    id,
    dataset,
    suite,
    source,
    engine,
    startedAt,
    durationMs,
    rows,
    success,
    evaluated,
    successful,
    score: score.score,
  }
}

/** A point for each expectation, in the suite's order. */
export function pointsOf({ id, validation }: Pick<KeptResult, 'id' | 'validation'>): ReadonlyArray<ExpectationPoint> {
  return validation.results.map(({ expectation, severity, success, result, exception }) => ({
    result: id,
    at: validation.startedAt,
    expectation: expectationId(expectation),
    type: expectation.type,
    subject: subjectOf(expectation),
    severity,
    outcome: exception === undefined ? (success ? 'met' : 'unmet') : 'error',
    unexpectedPercent: result.unexpectedPercent ?? null,
    observed:
      typeof result.observedValue === 'number' && Number.isFinite(result.observedValue) ? result.observedValue : null,
  }))
}

/** A validation as it is kept, with its score. */
export function keptResult(id: string, dataset: string, validation: ValidationResult): KeptResult {
  return { id, dataset, validation, score: scoreOf(validation) }
}
