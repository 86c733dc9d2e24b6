/**
 * Locally weighted regression over evenly spaced points, as STL needs it.
 * Source: R. Cleveland, W. Cleveland, J. McRae, I. Terpenning (1990), STL, Journal of Official Statistics 6(1), section 2.
 */

/** How a curve is drawn through points. */
export interface LoessOptions {
  /** Points that a fit looks at, >= 2; where there are fewer, all of them, with weights as if there were more. */
  readonly span: number
  /** 0: their weighted mean; 1: a line through them. */
  readonly degree: 0 | 1
  /** The curve is fitted at every so manieth point, and lines join these; >= 1. */
  readonly jump: number
}

/**
 * The curve at every point.
 * @param values - shape (>= n); the first n count
 * @param robustness - a further weight for each point in [0, 1], shape (>= n); undefined for 1
 * @param out - where the curve goes, shape (>= to + n)
 */
export function smoothInto(
  values: Float64Array,
  n: number,
  options: LoessOptions,
  robustness: Float64Array | undefined,
  out: Float64Array,
  to: number,
): void {
  if (n < 2) {
    out[to] = values[0] as number
    return
  }
  const { span } = options
  const jump = Math.min(options.jump, n - 1)
  const ahead = (span + 1) >> 1
  const weights = new Float64Array(n)
  for (let at = 0; at < n; at += jump) {
    const first = span >= n ? 0 : Math.max(0, Math.min(at - ahead + 1, n - span))
    const last = span >= n ? n - 1 : first + span - 1
    out[to + at] = fittedAt(values, n, at, first, last, options, robustness, weights) ?? (values[at] as number)
  }
  if (jump === 1) return
  const end = Math.floor((n - 1) / jump) * jump
  if (end < n - 1) {
    const first = span >= n ? 0 : n - span
    out[to + n - 1] =
      fittedAt(values, n, n - 1, first, n - 1, options, robustness, weights) ?? (values[n - 1] as number)
    joinByLine(out, to + end, to + n - 1)
  }
  for (let at = 0; at < end; at += jump) joinByLine(out, to + at, to + at + jump)
}

/**
 * The curve at one place, which may lie outside the points.
 * @param at - counted in points from the first
 * @param first - the first of the points it looks at
 * @param last - the last of them
 * @param weights - scratch, shape (n)
 * @returns undefined where all of these weigh nothing
 */
export function fittedAt(
  values: Float64Array,
  n: number,
  at: number,
  first: number,
  last: number,
  { span, degree }: LoessOptions,
  robustness: Float64Array | undefined,
  weights: Float64Array,
): number | undefined {
  let reach = Math.max(at - first, last - at)
  if (span > n) reach += (span - n) >> 1
  const far = 0.999 * reach
  const near = 0.001 * reach
  let total = 0
  for (let i = first; i <= last; i++) {
    const distance = Math.abs(i - at)
    let weight = 0
    if (distance <= far) {
      weight = distance <= near ? 1 : cubed(1 - cubed(distance / reach))
      if (robustness !== undefined) weight *= robustness[i] as number
      total += weight
    }
    weights[i] = weight
  }
  if (!(total > 0)) return undefined
  for (let i = first; i <= last; i++) weights[i] = (weights[i] as number) / total
  if (reach > 0 && degree > 0) tilt(weights, at, first, last, n - 1)
  let sum = 0
  for (let i = first; i <= last; i++) sum += (weights[i] as number) * (values[i] as number)
  return sum
}

// Turns the weights of a mean into those of a line, where the points spread enough to carry one.
function tilt(weights: Float64Array, at: number, first: number, last: number, range: number): void {
  let centre = 0
  for (let i = first; i <= last; i++) centre += (weights[i] as number) * i
  let spread = 0
  for (let i = first; i <= last; i++) spread += (weights[i] as number) * (i - centre) ** 2
  if (!(Math.sqrt(spread) > 0.001 * range)) return
  const slope = (at - centre) / spread
  for (let i = first; i <= last; i++) weights[i] = (weights[i] as number) * (slope * (i - centre) + 1)
}

function joinByLine(out: Float64Array, from: number, to: number): void {
  const start = out[from] as number
  const step = ((out[to] as number) - start) / (to - from)
  for (let at = from + 1; at < to; at++) out[at] = start + step * (at - from)
}

function cubed(value: number): number {
  return value * value * value
}
