import type { GateContext, GateVerdict, LoggedValue, PromotionGate } from './gate.ts'

/** Passes when the candidate's last value of the metric is at least that high. A missing or NaN value does not pass. */
export function metricAtLeast(metric: string, least: number): PromotionGate {
  return limitGate(`metricAtLeast(${metric}, ${least})`, metric, { least }, (value) => value >= least)
}

/** Passes when the candidate's last value of the metric is at most that high. A missing or NaN value does not pass. */
export function metricAtMost(metric: string, most: number): PromotionGate {
  return limitGate(`metricAtMost(${metric}, ${most})`, metric, { most }, (value) => value <= most)
}

/** How two versions are compared. */
export interface ComparisonTerms {
  /** True where low values are good, such as a loss. */
  readonly lowerIsBetter?: boolean
  /** How much worse it may be, in the metric's unit; 0 by default. */
  readonly tolerance?: number
}

/**
 * Passes when the candidate's metric is as good as that of the version which has an alias now, such as the champion.
 * Nobody to beat passes; a value missing on either side, or NaN, does not.
 */
export function noWorseThan(alias: string, metric: string, terms: ComparisonTerms = {}): PromotionGate {
  const { lowerIsBetter = false, tolerance = 0 } = terms
  return {
    name: `noWorseThan(${alias}, ${metric})`,
    check: async (context) => {
      const opponent = await context.holderOf(alias)
      const found = await context.metricOf(context.candidate, metric)
      if (opponent === undefined) return { passed: true, evidence: { metric, ...seen(found), opponent: 'none' } }
      const other = await context.metricOf(opponent, metric)
      const gain = found === undefined || other === undefined ? Number.NaN : found.value - other.value
      const passed = (lowerIsBetter ? -gain : gain) >= -tolerance
      const against = { opponent: opponent.version, opponentReading: seen(other), lowerIsBetter, tolerance }
      return { passed, evidence: { metric, ...seen(found), ...against } }
    },
  }
}

function limitGate(
  name: string,
  metric: string,
  terms: Readonly<Record<string, number>>,
  passes: (value: number) => boolean,
): PromotionGate {
  return {
    name,
    check: async ({ candidate, metricOf }: GateContext): Promise<GateVerdict> => {
      const found = await metricOf(candidate, metric)
      const passed = found !== undefined && passes(found.value)
      return { passed, evidence: { metric, ...terms, ...seen(found) } }
    },
  }
}

/** JSON has no NaN: it is told as a text. */
function seen(reading: LoggedValue | undefined): Readonly<Record<string, unknown>> {
  if (reading === undefined) return { found: 'not logged' }
  const { value, ...where } = reading
  return { found: Number.isFinite(value) ? value : String(value), ...where }
}
