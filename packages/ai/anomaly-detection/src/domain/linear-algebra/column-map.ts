/** Each column as ((x * factor) - center) / scale. Shapes (d). */
export interface ColumnMap {
  readonly factors: Float64Array
  readonly centers: Float64Array
  readonly scales: Float64Array
}
