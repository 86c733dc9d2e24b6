import type { Expectation } from '../expectation.ts'

/** What an expectation tells of the data: is it there, is it right, is it once, does it fit together, is it in time? */
export type QualityDimension = 'completeness' | 'validity' | 'uniqueness' | 'consistency' | 'timeliness'

/** All of them, in the order of reports. */
export const QUALITY_DIMENSIONS: ReadonlyArray<QualityDimension> = [
  'completeness',
  'validity',
  'uniqueness',
  'consistency',
  'timeliness',
]

// The first that fits; what fits none is validity.
const BY_TYPE: ReadonlyArray<readonly [RegExp, QualityDimension]> = [
  [/Unique(?!ValueCount)|Duplicate/, 'uniqueness'],
  [/Recent|History/, 'timeliness'],
  [/Null|RowCount|ToExist$|ContainSet$/, 'completeness'],
  [/OtherTable|Pair|Multicolumn|RowsToSatisfy|Schema|Comparison|MatchTable|TableColumn|unexpectedRows/, 'consistency'],
]

const BY_AGGREGATE: Readonly<Record<string, QualityDimension>> = {
  count: 'completeness',
  nullCount: 'completeness',
  nullPercent: 'completeness',
  distinct: 'uniqueness',
  duplicatePercent: 'uniqueness',
}

/** The dimension of an expectation: `meta.dimension` where that names one, else by its type. */
export function dimensionOf({ type, kwargs, meta }: Expectation): QualityDimension {
  const named = QUALITY_DIMENSIONS.find((dimension) => dimension === meta?.['dimension'])
  if (named !== undefined) return named
  if (type === 'expectColumnAggregateToBeBetween') return BY_AGGREGATE[String(kwargs['aggregate'])] ?? 'validity'
  if (type === 'expectSegmentsToSatisfy') return dimensionOf(nestedOf(kwargs['expectation']))
  return BY_TYPE.find(([pattern]) => pattern.test(type))?.[1] ?? 'validity'
}

function nestedOf(value: unknown): Expectation {
  const type = typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : ''
  return { type: type === 'expectSegmentsToSatisfy' ? '' : type, kwargs: {} }
}
