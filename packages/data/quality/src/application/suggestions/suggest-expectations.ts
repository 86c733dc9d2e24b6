import { QualityError } from '../../domain/errors.ts'
import { shareToCome } from '../../domain/suggestions/share-to-come.ts'
import { columnCandidates, LEAST } from './column-candidates.ts'
import { countText } from './count-text.ts'
import { uniqueCandidate } from './key-candidates.ts'
import { parseProfileShape, type ProfileShape } from './profile-shape.ts'
import type { Candidate, Suggestion } from './suggestion.ts'

/** How sure suggestions are to be. */
export interface SuggestOptions {
  /** That another table of the same source meets all of them, 0.5 to 1, exclusive. Default 0.95. */
  readonly confidence?: number | undefined
  /** Rows of that table. Default: as many as were profiled. */
  readonly nextRows?: number | undefined
}

/** Shares are told to so many decimals, and those of great tables to two digits of what is missing to 1. */
const DECIMALS = 4

/**
 * The expectations that a profile speaks for (plain JSON, as `profileTable` of @nomaly/data-profiling makes it). A rule that rows may
 * break gets its `mostly` from the rows that break it here, by Wilson's interval for the next table; the doubt is shared out among all of
 * them, so that the confidence is that of the suite. Types, the columns themselves and keys that chance does not explain are rules
 * of design, without exceptions. Nothing is suggested of which there are too few rows to say anything, and no value of personal data.
 * @throws QualityError `quality/invalid-options` for what is no profile, or a confidence that is none
 */
export function suggestExpectations(profile: unknown, options: SuggestOptions = {}): ReadonlyArray<Suggestion> {
  const { confidence = 0.95, nextRows } = options
  if (!(confidence > 0.5 && confidence < 1))
    throw new QualityError('quality/invalid-options', `confidence ${confidence}: give a share above 0.5 and below 1`)
  if (nextRows !== undefined && !(Number.isSafeInteger(nextRows) && nextRows > 0))
    throw new QualityError('quality/invalid-options', `nextRows ${nextRows}: give a whole number from 1`)
  const shape = parseProfileShape(profile)
  const candidates = candidatesOf(shape)
  const uncertain = candidates.filter(({ sample }) => sample !== undefined).length
  const each = 1 - (1 - confidence) / Math.max(1, uncertain)
  return candidates.flatMap((candidate) =>
    suggestionOf(candidate, confidence, each, (nextRows ?? shape.rows) / Math.max(1, shape.rows)),
  )
}

function candidatesOf({ rows, columns, keys }: ProfileShape): ReadonlyArray<Candidate> {
  const exact = rows > 1 ? keys.filter((key) => key.exact) : []
  const isUnique = (name: string): boolean => exact.some((key) => key.columns.length === 1 && key.columns[0] === name)
  return [
    {
      rule: 'columns',
      columns: [],
      type: 'expectTableColumnsToMatchSet',
      kwargs: { columnSet: columns.map(({ name }) => name) },
      reason: `the table has ${columns.length} columns`,
    },
    ...(rows === 0
      ? []
      : [
          {
            rule: 'rows',
            columns: [],
            type: 'expectTableRowCountToBeBetween',
            kwargs: { minValue: 1 },
            reason: `${countText(rows)} rows; an empty table would meet every other expectation`,
          },
        ]),
    ...columns.flatMap((column) => columnCandidates(column, rows, isUnique(column.name))),
    ...exact
      .filter((key) => key.columns.length > 1)
      .flatMap((key) =>
        uniqueCandidate(
          key.columns.flatMap((name) => columns.find((column) => column.name === name) ?? []),
          rows,
          LEAST,
        ),
      ),
  ]
}

function suggestionOf(
  { rule, columns, type, kwargs, reason, sample }: Candidate,
  confidence: number,
  each: number,
  growth: number,
): ReadonlyArray<Suggestion> {
  const id = [
    rule,
    ...(columns.length === 0 ? [] : [columns.map((name) => encodeURIComponent(name.toWellFormed())).join('+')]),
  ].join(':')
  if (sample === undefined) return [{ id, expectation: { type, kwargs, id }, reason, confidence: null }]
  const { bad, rows, of, least } = sample
  const mostly = roundedDown(shareToCome(bad, rows, of * growth, each))
  if (mostly < least) return []
  const percent = Number(((1 - mostly) * 100).toPrecision(4))
  return [
    {
      id,
      expectation: { type, kwargs: { ...kwargs, mostly }, severity: 'warning', id },
      reason: `${reason}; at most ${percent} % of the next table should break this`,
      confidence,
    },
  ]
}

function roundedDown(share: number): number {
  const missing = 1 - share
  const decimals = Math.max(DECIMALS, missing > 0 ? Math.ceil(-Math.log10(missing)) + 1 : DECIMALS)
  const step = 10 ** -decimals
  return Number((1 - Math.ceil(missing / step) * step).toFixed(decimals))
}
