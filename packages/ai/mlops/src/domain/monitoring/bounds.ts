import { deviationOf, meanOf } from './numeric/moments.ts'

const RELATIVE = 1e-9
const ABSOLUTE = 1e-12

/** Where a value stops being usual. An absent side is open. */
export interface Bounds {
  readonly lower?: number
  readonly upper?: number
}

/** How bounds come about. */
export type BoundsPolicy =
  /** These, whatever the reference says. */
  | ({ readonly kind: 'constant' } & Bounds)
  /** The mean of the reference's windows plus and minus `times` (3 when absent) of their standard deviations. */
  | { readonly kind: 'deviation'; readonly times?: number }

/**
 * @param values - what the windows of the reference gave; NaN is left out, and without any value there are no bounds
 * @param limits - what the quantity can be at all: bounds are drawn in to it, so a bound on a limit never alerts
 * @returns bounds; outside of them is abnormal. Source: NannyML 0.13, `thresholds.py` (standard deviation over n)
 */
export function boundsOf(policy: BoundsPolicy, values: ReadonlyArray<number>, limits: Bounds = {}): Bounds {
  if (policy.kind === 'constant') return sidesOf(policy.lower, policy.upper)
  const finite = values.filter((value) => Number.isFinite(value))
  if (finite.length === 0) return {}
  const reach = (policy.times ?? 3) * deviationOf(finite)
  const mean = meanOf(finite)
  return sidesOf(
    limits.lower === undefined ? mean - reach : Math.max(mean - reach, limits.lower),
    limits.upper === undefined ? mean + reach : Math.min(mean + reach, limits.upper),
  )
}

/** Whether the value lies outside, by more than rounding can explain. */
export function isOutside(value: number, { lower, upper }: Bounds): boolean {
  return (
    (lower !== undefined && value < lower - slackOf(lower)) || (upper !== undefined && value > upper + slackOf(upper))
  )
}

function slackOf(bound: number): number {
  return Math.max(ABSOLUTE, RELATIVE * Math.abs(bound))
}

function sidesOf(lower: number | undefined, upper: number | undefined): Bounds {
  return { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) }
}
