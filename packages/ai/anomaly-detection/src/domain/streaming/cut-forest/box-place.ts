/** Where the box of a node stands: the least number of dimension k at `low + step * k`, the largest at `high + step * k`. */
export interface BoxPlace {
  readonly values: Float64Array
  readonly low: number
  readonly high: number
  readonly step: number
}
