/** How far beyond the threshold a score is: 1 somewhat, 2 clearly, 3 far; 0 not at all. */
export type Severity = 0 | 1 | 2 | 3

/** What severities are called. */
export const SEVERITIES: readonly [string, string, string, string] = ['usual', 'minor', 'major', 'critical']

/** The severity of a score: from 1.25 times the threshold on it is major, from twice on critical. Below a threshold of 0 every anomaly is minor. */
export function severityOf(score: number | null, threshold: number): Severity {
  if (score === null || !(score > threshold)) return 0
  if (threshold <= 0) return 1
  const ratio = score / threshold
  return ratio >= 2 ? 3 : ratio >= 1.25 ? 2 : 1
}

/** The gravest severity in each of `count` equal parts of an axis. */
export function lanesOf(
  anomalies: ReadonlyArray<{ readonly x: number; readonly severity: Severity }>,
  [from, to]: readonly [number, number],
  count: number,
): ReadonlyArray<Severity> {
  const cells: Severity[] = Array.from({ length: count }, () => 0 as const)
  for (const { x, severity } of anomalies) {
    const at = Math.min(count - 1, Math.floor(((x - from) / (to - from)) * count))
    if (at >= 0 && severity > (cells[at] ?? 0)) cells[at] = severity
  }
  return cells
}
