/** The data set that a result is about. */
export interface ResultDataset {
  /** Its id where data sets are kept; null where the data came from elsewhere. */
  readonly id: string | null
  readonly name: string
  /** Of its bytes as they came; null where they were not hashed. */
  readonly sha256: string | null
}

/** One series of a result: all rows of a key. */
export interface SeriesEntity {
  /** Null where there is no key, and all rows are one series. */
  readonly key: string | null
  readonly rows: number
  readonly anomalies: number
  /** The highest score; null where none of its rows has one. */
  readonly highest: number | null
  /** Its rows with a score above this are anomalies; null where it was too short to say anything about. */
  readonly threshold: number | null
  /** The method that was taken for it, where one was chosen. */
  readonly detector?: string | undefined
}

/** Which columns are the series of a result, and which series there are. */
export interface ResultSeries {
  readonly time: string
  readonly value: string
  readonly key?: string | undefined
  readonly entities: ReadonlyArray<SeriesEntity>
}

/** How a detection was asked for. */
export interface ResultOptions {
  readonly contamination?: number | undefined
  readonly threshold?: number | undefined
  readonly seed?: number | undefined
  readonly missing?: 'reject' | 'drop' | 'median' | undefined
  readonly period?: number | undefined
  /** How text columns were made numbers. */
  readonly encode?: 'onehot' | 'ordinal' | undefined
  /** Whether each column was z-scored. */
  readonly standardize?: boolean | undefined
  /** Of series: milliseconds from point to point, what became of several rows at one point, points that scores are means over. */
  readonly stepMs?: number | undefined
  readonly aggregate?: 'mean' | 'median' | 'min' | 'max' | 'sum' | 'last' | undefined
  readonly smooth?: number | undefined
}

/** A kept result but for its rows. */
export interface ResultInfo {
  readonly id: string
  readonly dataset: ResultDataset
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly durationMs: number
  /** Of the program that made it. */
  readonly version?: string | undefined
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly options: ResultOptions
  /** The kept model that scored it, where one did. */
  readonly model?: { readonly name: string; readonly version: number } | undefined
  /** The columns that were used. */
  readonly columns: ReadonlyArray<string>
  /** Where the rows are time series. */
  readonly series?: ResultSeries | undefined
  /** Rows with a score above this are anomalies; null where each series has a threshold of its own. */
  readonly threshold: number | null
  /** Rows of the data set, with a score or without. */
  readonly rows: number
  readonly anomalyCount: number
  /** Of the rows that have one; 0 where none has. */
  readonly scores: { readonly least: number; readonly most: number }
  /** Whether there is an expected value and a band. */
  readonly bands: boolean
}
