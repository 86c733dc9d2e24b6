import type { ColumnSketch } from './sketches/column-sketch.ts'

/** A count that may be an estimate. */
export interface Estimate {
  readonly value: number
  readonly exact: boolean
  /** Standard error relative to the value, when it is an estimate. */
  readonly relativeError?: number
}

/** What the values of a column are, after inference. */
export type ColumnType = 'number' | 'category' | 'text' | 'boolean' | 'date' | 'unsupported' | 'empty'

/** A value in JSON: whole numbers past 2^53 and decimals that no double equals are text, and so are `NaN` and `Infinity`. */
export type JsonValue = string | number | boolean

/** What is known of one column. Members are absent where they make no sense for its type. */
export interface ColumnProfile {
  readonly name: string
  /** The engine's own word for it: `BIGINT`, `varchar`, ... */
  readonly physicalType: string
  readonly type: ColumnType
  /** Rows with a value; `count + nulls` is the table's rows. */
  readonly count: number
  readonly nulls: number
  readonly distinct: Estimate
  /**
   * Most frequent values first, ties by value (numbers by size, texts by code point); personal data masked. Empty where more
   * than about half of the values differ: such a list says nothing and costs most.
   */
  readonly top: ReadonlyArray<{ readonly value: JsonValue; readonly count: number }>
  readonly numbers?: NumberStatistics
  readonly texts?: TextStatistics
  readonly dates?: DateStatistics
  readonly semantic: ReadonlyArray<SemanticType>
  /** Mergeable state, when it was asked for: see `mergeProfiles`. Holds values as they are: not for a page. */
  readonly sketches?: ColumnSketch
}

/** Of the finite values unless said otherwise. NaN counts as missing nowhere: it has its own count. */
export interface NumberStatistics {
  readonly min: number | null
  readonly max: number | null
  /** As decimal text, of whole numbers and decimals only, where no double equals the value. */
  readonly exactMin?: string
  readonly exactMax?: string
  readonly exactSum?: string
  readonly mean: number | null
  /** With n - 1; null below two values. */
  readonly sd: number | null
  /** Adjusted Fisher-Pearson (as pandas, G1); null below three values or without spread. */
  readonly skewness: number | null
  /** Excess, unbiased (as pandas, G2): 0 for a normal distribution; null below four values or without spread. */
  readonly kurtosis: number | null
  readonly sum: number | null
  readonly zeros: number
  readonly negatives: number
  readonly infinities: number
  readonly nans: number
  /** Type 7 (linear between order statistics) where exact; else with the sketch's relative error. */
  readonly quantiles: ReadonlyArray<{ readonly p: number; readonly value: number }>
  /** 0 where the quantiles are exact. */
  readonly quantileRelativeError: number
  readonly histogram: Histogram
  /** Least different values ascending, at most 5. */
  readonly smallest: ReadonlyArray<number>
  /** Greatest different values descending, at most 5. */
  readonly largest: ReadonlyArray<number>
}

/** Bins of equal width, a power of two; counts are exact. Each includes its lower edge. */
export interface Histogram {
  /** counts.length + 1 ascending edges; empty when there are no values. */
  readonly edges: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

/** Lengths are in Unicode code points. */
export interface TextStatistics {
  readonly minLength: number
  readonly maxLength: number
  readonly meanLength: number
  readonly empty: number
  /** Values by shape: letters as `a`, capitals as `A`, digits as `9`; most frequent first, ties by code point. */
  readonly patterns: ReadonlyArray<{ readonly pattern: string; readonly count: number }>
  /** Characters by class: `lower`, `upper`, `letter` (without case), `digit`, `space`, `punctuation`, `symbol`, `control`, `other`. */
  readonly characterClasses: Readonly<Record<string, number>>
  /** Values that the patterns and the classes were taken from; below `count` it is a sample. */
  readonly looked: number
}

/** Epoch milliseconds, UTC; a time without a zone is taken as UTC. */
export interface DateStatistics {
  readonly min: number | null
  readonly max: number | null
  readonly histogram: Histogram
  /** The usual step between different neighbours, and where it was exceeded most. */
  readonly medianStepMs: number | null
  /** False: from the mean steps of up to 512 spans of time. */
  readonly medianStepExact: boolean
  /** Longest first, at most 10, each more than 3 usual steps; of a large column only those longer than a 512th of its range. */
  readonly gaps: ReadonlyArray<{ readonly from: number; readonly to: number }>
}

/** A meaning of the values beyond their type. */
export interface SemanticType {
  /** `email`, `url`, `ip`, `iban`, `card`, `phone`, `uuid`, `postcode`, `iso-date`, ... */
  readonly kind: string
  /** Share of the values looked at that fit, 0 to 1. */
  readonly share: number
  /** Values looked at. */
  readonly rows: number
  /** True when it points at a person. */
  readonly personal: boolean
  /** Why: the check that passed, the column name, ...; never a value. */
  readonly evidence: string
}
