/** What a method makes of a series, in one go. */
export interface SeriesScores {
  /** Shape (n): finite, higher is more anomalous, one for each point. */
  readonly scores: Float64Array
  /** What the method would have expected at each point, in the series' unit, shape (n), where it expects anything. */
  readonly expected?: Float64Array | undefined
  /** Where its expectation ends below and above, shape (n) each: a point outside is an anomaly. */
  readonly lower?: Float64Array | undefined
  readonly upper?: Float64Array | undefined
  /** Above this score a point lies outside the band, where the method has one. */
  readonly limit?: number | undefined
  /** Points in the cycle that was taken, where the method has one; 1 where there is none. */
  readonly period?: number | undefined
  /** How many points a shape has, where whole shapes are compared: a point scores by those that it is part of. */
  readonly window?: number | undefined
  /** For each shape, by its first point, the first point of the one that it is nearest to; -1 where there is none. */
  readonly nearest?: Int32Array | undefined
}

/** What a method needs from outside: randomness (in [0, 1)) and a way to be stopped. */
export interface SeriesContext {
  readonly random: () => number
  readonly signal?: AbortSignal | undefined
}

/**
 * A method that scores a series of evenly spaced points as a whole, without a fit before. The series is left as it is; the
 * same series, parameters and randomness give the same scores on every machine.
 */
export interface TimeSeriesDetector<Parameters> {
  /** As in the catalogue, in lower case. */
  readonly id: string
  /**
   * @param values - shape (n), finite unless the method says otherwise
   * @throws AnomalyDetectionError `series-too-short`, `missing-value`, `non-finite`, `invalid-parameters`, `cancelled`
   */
  readonly detect: (values: Float64Array, parameters: Parameters, context: SeriesContext) => SeriesScores
}
