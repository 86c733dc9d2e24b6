/** What right, false and missing alarms are worth in the NAB score. */
export interface NabProfile {
  /** Earned by an alarm in the first row of a window. */
  readonly tpWeight: number
  /** Lost by an alarm far from any window. */
  readonly fpWeight: number
  /** Lost by a window without an alarm. */
  readonly fnWeight: number
}

/** The name of one of the three published profiles. */
export type NabProfileName = 'standard' | 'reward-low-fp' | 'reward-low-fn'

/** The three profiles of the published leaderboard. */
export const NAB_PROFILES: Readonly<Record<NabProfileName, NabProfile>> = {
  standard: { tpWeight: 1, fpWeight: 0.11, fnWeight: 1 },
  'reward-low-fp': { tpWeight: 1, fpWeight: 0.22, fnWeight: 1 },
  'reward-low-fn': { tpWeight: 1, fpWeight: 0.11, fnWeight: 2 },
}
