// Written from the catalogue by expectation-arguments.test.ts: run it with NOMALY_UPDATE=1 after a change there.
import type { Condition, Literal } from '../../domain/predicate.ts'

/** The arguments of the other expectations, by type. `C` are the names of the columns. */
export interface TableArguments<C extends string = string> {
  /** Counts, sums and other numbers are the same in another table (reconciliation). */
  readonly expectAggregatesToMatchOtherTable: {
    readonly otherTable: string
    readonly compare: ReadonlyArray<{
      readonly aggregate: 'count' | 'distinct' | 'min' | 'max' | 'sum' | 'mean'
      readonly column: C
      readonly otherColumn?: string | undefined
    }>
    readonly relativeTolerance?: number | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The first value of each row is greater than the second. */
  readonly expectColumnPairValuesAToBeGreaterThanB: {
    readonly columnA: C
    readonly columnB: C
    readonly ignoreRowIf?: 'bothValuesAreMissing' | 'eitherValueIsMissing' | 'neither' | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
    readonly orEqual?: boolean | undefined
  }
  /** The two values of each row are equal. */
  readonly expectColumnPairValuesToBeEqual: {
    readonly columnA: C
    readonly columnB: C
    readonly ignoreRowIf?: 'bothValuesAreMissing' | 'eitherValueIsMissing' | 'neither' | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** The two values of each row are a pair that is given. */
  readonly expectColumnPairValuesToBeInSet: {
    readonly columnA: C
    readonly columnB: C
    readonly ignoreRowIf?: 'bothValuesAreMissing' | 'eitherValueIsMissing' | 'neither' | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
    readonly valuePairsSet: ReadonlyArray<readonly [Literal, Literal]>
  }
  /** There is a column by that name, at that place (0-based) if one is given. */
  readonly expectColumnToExist: {
    readonly column: C
    readonly columnIndex?: number | null | undefined
  }
  /** No combination of values occurs in two rows. */
  readonly expectCompoundColumnsToBeUnique: ColumnListArguments<C>
  /** The values of each row have a sum. */
  readonly expectMulticolumnSumToEqual: {
    readonly columnList: ReadonlyArray<C>
    readonly ignoreRowIf?: 'allValuesAreMissing' | 'anyValueIsMissing' | 'never' | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
    readonly sumTotal: number
  }
  /** The values of each row are equal. */
  readonly expectMulticolumnValuesToBeEqual: ColumnListArguments<C>
  /** The values of each row differ from each other. */
  readonly expectMulticolumnValuesToBeUnique: ColumnListArguments<C>
  /** Two statements, on this table and on another, give the same rows in any order. */
  readonly expectQueryResultsToMatchComparison: {
    readonly baseQuery: string
    readonly comparisonTable: string
    readonly comparisonQuery: string
    readonly mostly?: number | undefined
  }
  /** The one value that a statement gives lies between two bounds. */
  readonly expectQueryValueToBeBetween: {
    readonly query: string
    readonly minValue?: number | null | undefined
    readonly maxValue?: number | null | undefined
    readonly strictMin?: boolean | undefined
    readonly strictMax?: boolean | undefined
  }
  /** Both tables hold the same rows, as often, in any order (reconciliation). */
  readonly expectRowsToMatchOtherTable: {
    readonly otherTable: string
    readonly columnList: ReadonlyArray<C>
    readonly mostly?: number | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** A condition over columns holds; as in a CHECK constraint, a row of which it is unknown passes. */
  readonly expectRowsToSatisfy: {
    readonly condition: string | Condition
    readonly columnList?: ReadonlyArray<C> | undefined
    readonly rowCondition?: string | Condition | null | undefined
    readonly mostly?: number | undefined
  }
  /** An expectation holds for each group of rows by itself. */
  readonly expectSegmentsToSatisfy: {
    readonly groupBy: ReadonlyArray<C>
    readonly expectation: { readonly type: string; readonly kwargs: Readonly<Record<string, unknown>> }
    readonly maxSegments?: number | undefined
    readonly mostly?: number | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The values of each row differ from each other. */
  readonly expectSelectColumnValuesToBeUniqueWithinRecord: ColumnListArguments<C>
  /** The number of columns lies between two bounds. */
  readonly expectTableColumnCountToBeBetween: {
    readonly minValue?: number | null | undefined
    readonly maxValue?: number | null | undefined
    readonly strictMin?: boolean | undefined
    readonly strictMax?: boolean | undefined
  }
  /** The table has a number of columns. */
  readonly expectTableColumnCountToEqual: {
    readonly value: number
  }
  /** The columns are those given, in their order. */
  readonly expectTableColumnsToMatchOrderedList: {
    readonly columnList: ReadonlyArray<C>
  }
  /** The columns are those given, in any order; with `exactMatch` false there may be more. */
  readonly expectTableColumnsToMatchSet: {
    readonly columnSet: ReadonlyArray<C>
    readonly exactMatch?: boolean | undefined
  }
  /** The number of rows lies between two bounds. */
  readonly expectTableRowCountToBeBetween: {
    readonly minValue?: number | null | undefined
    readonly maxValue?: number | null | undefined
    readonly strictMin?: boolean | undefined
    readonly strictMax?: boolean | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The table has a number of rows. */
  readonly expectTableRowCountToEqual: {
    readonly value: number
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** The table has as many rows as another. */
  readonly expectTableRowCountToEqualOtherTable: {
    readonly otherTableName: string
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** There are about as many rows as before (volume). */
  readonly expectTableRowCountToMatchHistory: {
    readonly history?: ReadonlyArray<number> | undefined
    readonly minHistory?: number | undefined
    readonly tolerance?: number | undefined
    readonly rowCondition?: string | Condition | null | undefined
  }
  /** Columns, types, nulls and keys are as a contract says. */
  readonly expectTableToMatchSchema: {
    readonly columns: ReadonlyArray<{
      readonly name: C
      readonly type?: string | undefined
      readonly nullable?: boolean | undefined
      readonly unique?: boolean | undefined
    }>
    readonly ordered?: boolean | undefined
    readonly allowExtra?: boolean | undefined
  }
  /** A statement that selects bad rows selects none. */
  readonly unexpectedRowsExpectation: {
    readonly unexpectedRowsQuery: string
  }
}

interface ColumnListArguments<C extends string> {
  readonly columnList: ReadonlyArray<C>
  readonly ignoreRowIf?: 'allValuesAreMissing' | 'anyValueIsMissing' | 'never' | undefined
  readonly rowCondition?: string | Condition | null | undefined
  readonly mostly?: number | undefined
}
