/** A count that may be an estimate. */
export interface Estimate {
  readonly value: number
  readonly exact: boolean
  /** Standard error relative to the value, when it is an estimate. */
  readonly relativeError?: number
}

/** What the values of a column are, after inference. */
export type ColumnType = 'number' | 'category' | 'text' | 'boolean' | 'date' | 'unsupported' | 'empty'

/** What is known of one column. Members are absent where they make no sense for its type. */
export interface ColumnProfile {
  readonly name: string
  /** The engine's own word for it: `BIGINT`, `varchar`, ... */
  readonly physicalType: string
  readonly type: ColumnType
  readonly count: number
  readonly nulls: number
  readonly distinct: Estimate
  /** Most frequent values first, ties by value; personal data masked. */
  readonly top: ReadonlyArray<{ readonly value: string | number | boolean; readonly count: number }>
  readonly numbers?: NumberStatistics
  readonly texts?: TextStatistics
  readonly dates?: DateStatistics
  readonly semantic: ReadonlyArray<SemanticType>
  /** Mergeable state: see `sketches`. */
  readonly sketches?: Readonly<Record<string, unknown>>
}

/** Of the finite values unless said otherwise. NaN counts as missing nowhere: it has its own count. */
export interface NumberStatistics {
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  /** With n - 1; null below two values. */
  readonly sd: number | null
  readonly skewness: number | null
  /** Excess: 0 for a normal distribution. */
  readonly kurtosis: number | null
  readonly sum: number | null
  readonly zeros: number
  readonly negatives: number
  readonly infinities: number
  readonly nans: number
  /** Type 7 (linear between order statistics) where exact; else with the sketch's relative error. */
  readonly quantiles: ReadonlyArray<{ readonly p: number; readonly value: number }>
  readonly quantileRelativeError: number
  readonly histogram: Histogram
  readonly smallest: ReadonlyArray<number>
  readonly largest: ReadonlyArray<number>
}

/** Bins of equal width; the last one includes its upper edge. */
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
  /** Values by shape: letters as `a`, capitals as `A`, digits as `9`; most frequent first. */
  readonly patterns: ReadonlyArray<{ readonly pattern: string; readonly count: number }>
  /** Characters by class over all values, or a stated sample. */
  readonly characterClasses: Readonly<Record<string, number>>
}

/** Epoch milliseconds, UTC. */
export interface DateStatistics {
  readonly min: number | null
  readonly max: number | null
  readonly histogram: Histogram
  /** The usual step between neighbours, and where it was exceeded most. */
  readonly medianStepMs: number | null
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
