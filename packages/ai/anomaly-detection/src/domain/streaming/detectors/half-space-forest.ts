import type { StateReader } from '../state-reader.ts'

/**
 * Complete binary trees in heap order: the children of node i are 2 i + 1 and 2 i + 2; a value below the threshold goes to the
 * former. Shapes (trees, 2^height - 1).
 */
export interface HalfSpaceForest {
  readonly trees: number
  /** Splits between the root and a leaf. */
  readonly height: number
  readonly features: Uint16Array
  readonly thresholds: Float64Array
}

/**
 * Trees that halve the space again and again, each time along a feature drawn at random. A tree's space has its own borders:
 * around a place s drawn from [0, 1], as far as the farther end of [0, 1] is, twice.
 * Source: S. C. Tan, K. M. Ting, F. T. Liu (2011), Fast Anomaly Detection for Streaming Data, section 3.1.
 * @param random - uniform on [0, 1)
 */
export function growHalfSpaceForest(
  trees: number,
  height: number,
  columns: number,
  random: () => number,
): HalfSpaceForest {
  const inner = 2 ** height - 1
  const features = new Uint16Array(trees * inner)
  const thresholds = new Float64Array(trees * inner)
  const lows = new Float64Array(columns)
  const highs = new Float64Array(columns)
  const split = (first: number, node: number): void => {
    if (node >= inner) return
    const feature = Math.floor(random() * columns)
    const [low, high] = [lows[feature] as number, highs[feature] as number]
    const middle = (low + high) / 2
    features[first + node] = feature
    thresholds[first + node] = middle
    highs[feature] = middle
    split(first, 2 * node + 1)
    highs[feature] = high
    lows[feature] = middle
    split(first, 2 * node + 2)
    lows[feature] = low
  }
  for (let tree = 0; tree < trees; tree++) {
    for (let column = 0; column < columns; column++) {
      const place = random()
      const reach = 2 * Math.max(place, 1 - place)
      lows[column] = place - reach
      highs[column] = place + reach
    }
    split(tree * inner, 0)
  }
  return { trees, height, features, thresholds }
}

/** A forest as plain JSON data. */
export function halfSpaceForestState({ features, thresholds }: HalfSpaceForest): Readonly<Record<string, unknown>> {
  return { features: Array.from(features), thresholds: Array.from(thresholds) }
}

/** @throws AnomalyDetectionError `invalid-stream-state` */
export function restoredHalfSpaceForest(
  state: StateReader,
  trees: number,
  height: number,
  columns: number,
): HalfSpaceForest {
  const nodes = trees * (2 ** height - 1)
  const features = Uint16Array.from(state.integers('features', nodes, 0, columns - 1))
  return { trees, height, features, thresholds: state.numbers('thresholds', nodes) }
}
