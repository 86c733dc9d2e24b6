/** Why a detector was chosen among several. Plain data. */
export interface DetectorSelection {
  /** The id of the detector that was chosen. */
  readonly chosen: string
  /** How many rows the candidates were compared on. */
  readonly rows: number
  /** The candidates and how well each agrees with the others (see `modelCentrality`), the best first. */
  readonly candidates: ReadonlyArray<{ readonly id: string; readonly centrality: number }>
}
