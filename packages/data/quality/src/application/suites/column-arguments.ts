// Written from the catalogue by expectation-arguments.test.ts: run it with NOMALY_UPDATE=1 after a change there.
import type { Condition, Literal } from '../../domain/predicate.ts'

/** The arguments of the expectations of one column's values, by type. `C` are the names of the columns. */
export interface ColumnArguments<C extends string = string> {
  /** A number of a column lies between two bounds. */
  readonly expectColumnAggregateToBeBetween: {
    readonly column: C
    readonly aggregate:
      | 'count'
      | 'nullCount'
      | 'nullPercent'
      | 'distinct'
      | 'duplicatePercent'
      | 'min'
      | 'max'
      | 'range'
      | 'sum'
      | 'mean'
      | 'median'
      | 'sd'
    readonly minValue?: Literal | undefined
    readonly maxValue?: Literal | undefined
    readonly strictMin?: boolean | undefined
    readonly strictMax?: boolean | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** Every different value is among those given. */
  readonly expectColumnDistinctValuesToBeInSet: ValueSetArguments<C>
  /** Every value given occurs. */
  readonly expectColumnDistinctValuesToContainSet: ValueSetArguments<C>
  /** The values given occur, and no other. */
  readonly expectColumnDistinctValuesToEqualSet: ValueSetArguments<C>
  /** The column is distributed as in another table; values that are missing take no part. */
  readonly expectColumnDistributionToMatchTable: {
    readonly column: C
    readonly referenceTable: string
    readonly referenceColumn?: string | undefined
    readonly method?: 'psi' | 'jensenShannon' | 'ks' | 'chiSquare' | undefined
    readonly threshold?: number | undefined
    readonly bins?: number | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The Kullback-Leibler divergence of the observed shares from those expected is at most a threshold. */
  readonly expectColumnKLDivergenceToBeLessThan: {
    readonly column: C
    readonly partitionObject:
      | { readonly values: ReadonlyArray<Literal>; readonly weights: ReadonlyArray<number> }
      | {
          readonly bins: ReadonlyArray<number | null>
          readonly weights: ReadonlyArray<number>
          readonly tailWeights?: readonly [number, number] | undefined
        }
    readonly threshold: number | null
    readonly internalWeightHoldout?: number | undefined
    readonly tailWeightHoldout?: number | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The greatest value lies between two bounds. */
  readonly expectColumnMaxToBeBetween: BoundsArguments<C>
  /** The newest time is not too old (freshness). */
  readonly expectColumnMaxToBeRecent: {
    readonly column: C
    readonly maxAgeSeconds: number
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The mean lies between two bounds. */
  readonly expectColumnMeanToBeBetween: BoundsArguments<C>
  /** The median lies between two bounds. */
  readonly expectColumnMedianToBeBetween: BoundsArguments<C>
  /** The least value lies between two bounds. */
  readonly expectColumnMinToBeBetween: BoundsArguments<C>
  /** The most frequent value is among those given. */
  readonly expectColumnMostCommonValueToBeInSet: {
    readonly column: C
    readonly valueSet: ReadonlyArray<Literal>
    readonly tiesOkay?: boolean | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The share of rows with a value lies between two bounds. */
  readonly expectColumnProportionOfNonNullValuesToBeBetween: BoundsArguments<C>
  /** The share of different values among those that are there lies between two bounds. */
  readonly expectColumnProportionOfUniqueValuesToBeBetween: BoundsArguments<C>
  /** Quantiles lie between bounds of their own. */
  readonly expectColumnQuantileValuesToBeBetween: {
    readonly column: C
    readonly quantileRanges: {
      readonly quantiles: ReadonlyArray<number>
      readonly valueRanges: ReadonlyArray<readonly [number | null, number | null]>
    }
    readonly allowRelativeError?: boolean | 'linear' | 'lower' | 'higher' | 'midpoint' | 'nearest' | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The standard deviation (n - 1) lies between two bounds. */
  readonly expectColumnStdevToBeBetween: BoundsArguments<C>
  /** The sum lies between two bounds. */
  readonly expectColumnSumToBeBetween: BoundsArguments<C>
  /** The column has a type. */
  readonly expectColumnTypeToBe: {
    readonly column: C
    readonly type: string
  }
  /** The number of different values lies between two bounds. */
  readonly expectColumnUniqueValueCountToBeBetween: BoundsArguments<C>
  /** Texts are neither too short nor too long. */
  readonly expectColumnValueLengthsToBeBetween: {
    readonly column: C
    readonly minValue?: number | null | undefined
    readonly maxValue?: number | null | undefined
    readonly strictMin?: boolean | undefined
    readonly strictMax?: boolean | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts have one length. */
  readonly expectColumnValueLengthsToEqual: {
    readonly column: C
    readonly value: number
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Values lie less than some standard deviations from the mean. All are good in a column without spread. */
  readonly expectColumnValueZScoresToBeLessThan: {
    readonly column: C
    readonly threshold: number
    readonly doubleSided: boolean
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Values lie between two bounds. */
  readonly expectColumnValuesToBeBetween: {
    readonly column: C
    readonly minValue?: Literal | undefined
    readonly maxValue?: Literal | undefined
    readonly strictMin?: boolean | undefined
    readonly strictMax?: boolean | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts can be read as dates. */
  readonly expectColumnValuesToBeDateutilParseable: OneColumnArguments<C>
  /** No value is greater than the one before it, in row order. */
  readonly expectColumnValuesToBeDecreasing: OrderArguments<C>
  /** Values are among those given. */
  readonly expectColumnValuesToBeInSet: ValuesArguments<C>
  /** The column has one of some types. */
  readonly expectColumnValuesToBeInTypeList: {
    readonly column: C
    readonly typeList: ReadonlyArray<string>
    readonly mostly?: number | undefined
  }
  /** No value is less than the one before it, in row order. */
  readonly expectColumnValuesToBeIncreasing: OrderArguments<C>
  /** Texts are JSON. */
  readonly expectColumnValuesToBeJsonParseable: OneColumnArguments<C>
  /** No row has a value. */
  readonly expectColumnValuesToBeNull: OneColumnArguments<C>
  /** The column has a type. */
  readonly expectColumnValuesToBeOfType: {
    readonly column: C
    readonly type: string
    readonly mostly?: number | undefined
  }
  /** No value occurs twice. */
  readonly expectColumnValuesToBeUnique: OneColumnArguments<C>
  /** Every key occurs in another table (a foreign key); rows without a value in one of the columns are missing. */
  readonly expectColumnValuesToExistInOtherTable: {
    readonly columnList: ReadonlyArray<C>
    readonly otherTable: string
    readonly otherColumnList?: ReadonlyArray<string> | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts are JSON that fits a schema. */
  readonly expectColumnValuesToMatchJsonSchema: {
    readonly column: C
    readonly jsonSchema: Readonly<Record<string, unknown>>
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts are LIKE a pattern. */
  readonly expectColumnValuesToMatchLikePattern: LikeArguments<C>
  /** Texts are LIKE any or all patterns. */
  readonly expectColumnValuesToMatchLikePatternList: {
    readonly column: C
    readonly likePatternList: ReadonlyArray<string>
    readonly matchOn?: 'any' | 'all' | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts match a pattern. */
  readonly expectColumnValuesToMatchRegex: RegexArguments<C>
  /** Texts match any or all patterns. */
  readonly expectColumnValuesToMatchRegexList: {
    readonly column: C
    readonly regexList: ReadonlyArray<string>
    readonly matchOn?: 'any' | 'all' | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts are dates in a format. */
  readonly expectColumnValuesToMatchStrftimeFormat: {
    readonly column: C
    readonly strftimeFormat: string
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Values are not among those given. */
  readonly expectColumnValuesToNotBeInSet: ValuesArguments<C>
  /** Every row has a value. */
  readonly expectColumnValuesToNotBeNull: OneColumnArguments<C>
  /** Values lie within the fences of their column. All are good in a column without two values. */
  readonly expectColumnValuesToNotBeOutliers: {
    readonly column: C
    readonly method?: 'iqr' | 'std' | undefined
    readonly multiplier?: number | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts are not LIKE a pattern. */
  readonly expectColumnValuesToNotMatchLikePattern: LikeArguments<C>
  /** Texts are LIKE no pattern. */
  readonly expectColumnValuesToNotMatchLikePatternList: {
    readonly column: C
    readonly likePatternList: ReadonlyArray<string>
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** Texts do not match a pattern. */
  readonly expectColumnValuesToNotMatchRegex: RegexArguments<C>
  /** Texts match no pattern. */
  readonly expectColumnValuesToNotMatchRegexList: {
    readonly column: C
    readonly regexList: ReadonlyArray<string>
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
}

interface ValueSetArguments<C extends string> {
  readonly column: C
  readonly valueSet: ReadonlyArray<Literal>
  readonly rowCondition?: string | Condition | null | undefined
}

interface BoundsArguments<C extends string> {
  readonly column: C
  readonly minValue?: Literal | undefined
  readonly maxValue?: Literal | undefined
  readonly strictMin?: boolean | undefined
  readonly strictMax?: boolean | undefined
  readonly rowCondition?: string | Condition | null | undefined
}

interface OneColumnArguments<C extends string> {
  readonly column: C
  readonly rowCondition?: string | Condition | null | undefined
  readonly mostly?: number | undefined
}

interface OrderArguments<C extends string> {
  readonly column: C
  readonly strictly?: boolean | undefined
  readonly rowCondition?: string | Condition | null | undefined
  readonly mostly?: number | undefined
}

interface ValuesArguments<C extends string> {
  readonly column: C
  readonly valueSet: ReadonlyArray<Literal>
  readonly rowCondition?: string | Condition | null | undefined
  readonly mostly?: number | undefined
}

interface LikeArguments<C extends string> {
  readonly column: C
  readonly likePattern: string
  readonly rowCondition?: string | Condition | null | undefined
  readonly mostly?: number | undefined
}

interface RegexArguments<C extends string> {
  readonly column: C
  readonly regex: string
  readonly rowCondition?: string | Condition | null | undefined
  readonly mostly?: number | undefined
}
