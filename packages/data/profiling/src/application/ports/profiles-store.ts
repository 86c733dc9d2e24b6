import type { Profile } from '../../domain/profile.ts'

/** A profile that was kept. */
export interface KeptProfile {
  readonly id: string
  readonly profile: Profile
}

/** What lists tell of a kept profile. */
export interface ProfileSummary {
  readonly id: string
  readonly source: string
  readonly engine: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly rows: number
  readonly columns: number
  readonly alerts: number
}

/** Which profiles: all that fit every member given. */
export interface ProfilesQuery {
  readonly source?: string | undefined
  /** Only those that were made earlier, in epoch milliseconds. */
  readonly before?: number | undefined
  /** At most so many; 1 to 1,000, default 100. */
  readonly limit?: number | undefined
}

/**
 * Keeps profiles. Each call is atomic; several processes may use one store. Failures reject with ProfilingError
 * `profiling/storage-failed`, a profile of a newer format with `profiling/unsupported-format`.
 */
export interface ProfilesStore {
  /** Keeps one. The same id again changes nothing. */
  readonly append: (kept: KeptProfile) => Promise<void>
  readonly get: (id: string) => Promise<KeptProfile | undefined>
  /** Newest first; of those made at the same time the one kept last first. */
  readonly list: (query?: ProfilesQuery) => Promise<ReadonlyArray<ProfileSummary>>
}
