import type { Profile } from '../domain/profile.ts'

/** A CloudEvents 1.0 event: a profile was made. Counts only, no value of the data. */
export interface ProfileGenerated {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: '/nomaly/data-profiling'
  readonly type: 'nomaly.profile.generated'
  /** The profile's source. */
  readonly subject: string
  /** RFC 3339: when the profile was made. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: {
    readonly engine: string
    readonly rows: number
    readonly columns: number
    readonly missingCells: number
    readonly duplicateRows: number | null
    /** Alerts by kind; kinds without one are absent. */
    readonly alerts: Readonly<Record<string, number>>
    /** Names of columns with personal data. */
    readonly personalColumns: ReadonlyArray<string>
  }
}

/** The event that says that this profile was made. @param newId - unique for every call */
export function profileGenerated(profile: Profile, newId: () => string): ProfileGenerated {
  const alerts: Record<string, number> = {}
  for (const { kind } of profile.alerts) alerts[kind] = (alerts[kind] ?? 0) + 1
  return {
    specversion: '1.0',
    id: newId(),
    source: '/nomaly/data-profiling',
    type: 'nomaly.profile.generated',
    subject: profile.source,
    time: new Date(profile.createdAt).toISOString(),
    datacontenttype: 'application/json',
    data: {
      engine: profile.engine,
      rows: profile.rows,
      columns: profile.columns.length,
      missingCells: profile.missingCells,
      duplicateRows: profile.duplicateRows,
      alerts,
      personalColumns: profile.columns
        .filter(({ semantic }) => semantic.some(({ personal }) => personal))
        .map(({ name }) => name),
    },
  }
}
