import { type Profile, profileGenerated, type ProfileOptions, profileTable } from '@nomaly/data-profiling'
import type { ProfileEngine } from '@nomaly/data-profiling'

import type { DataEvents } from './options.ts'
import type { DataSource } from './sources/data-source.ts'
import type { OpenSource } from './sources/open-source.ts'

/** How a profile is made. */
export interface ProfilerOptions extends Partial<ProfileOptions> {
  /** Told after each step; `total` may grow no more. */
  readonly onProgress?:
    | ((step: { readonly done: number; readonly total: number; readonly what: string }) => void)
    | undefined
  readonly signal?: AbortSignal | undefined
}

/** Describes tables. */
export interface Profiler {
  /**
   * The profile of a table; then `nomaly.profile.generated` is published.
   * @throws ProfilingError what the engine and `profileTable` throw; what the publisher rejects with
   */
  readonly profile: (source: DataSource, options?: ProfilerOptions) => Promise<Profile>
}

/** What a profiler needs. */
export interface ProfilerDeps {
  readonly open: (source: DataSource, signal?: AbortSignal) => Promise<OpenSource<ProfileEngine>>
  readonly events: DataEvents
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

/** A profiler over sources of any kind. */
export function profilerOf({ open, events, now, newId }: ProfilerDeps): Profiler {
  return {
    profile: async (source, { onProgress, signal, ...options } = {}) => {
      const { engine, close } = await open(source, signal)
      try {
        const profile = await profileTable({ engine, now, onProgress, signal }, options)
        await events.publish(profileGenerated(profile, newId))
        return profile
      } finally {
        await close()
      }
    },
  }
}
