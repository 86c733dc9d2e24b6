/** How many of the anomalies that were looked at are ones. */
export interface AlarmPrecision {
  /** Anomalies of the result on which there is feedback. */
  readonly reviewed: number
  readonly trueAlarms: number
  readonly falseAlarms: number
  /** `trueAlarms / reviewed`; null where nothing is reviewed. */
  readonly precision: number | null
  /** Where the precision of all anomalies lies with 95 % confidence, were those reviewed chosen at random; null as above. */
  readonly interval: readonly [number, number] | null
  /** Rows that are no anomalies by the result, and are ones by the feedback. */
  readonly missed: number
}

const Z = 1.959963984540054 // 97.5 % of a normal distribution lie below

/**
 * Source: E. Wilson (1927), Probable inference, the law of succession, and statistical inference: the score interval.
 * @param missed - see `AlarmPrecision`
 */
export function alarmPrecision(trueAlarms: number, falseAlarms: number, missed: number): AlarmPrecision {
  const n = trueAlarms + falseAlarms
  const counts = { reviewed: n, trueAlarms, falseAlarms, missed }
  if (n === 0) return { ...counts, precision: null, interval: null }
  const share = trueAlarms / n
  const middle = share + (Z * Z) / (2 * n)
  const reach = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n))
  const scale = 1 + (Z * Z) / n
  const interval = [Math.max(0, (middle - reach) / scale), Math.min(1, (middle + reach) / scale)] as const
  return { ...counts, precision: share, interval }
}
