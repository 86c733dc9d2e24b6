import {
  type KeptProfile,
  type ProfileEngine,
  type ProfileOptions,
  type ProfilesStore,
  RecordedProfile,
} from '@nomaly/data-profiling'

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
   * Profiles a table, keeps the profile and publishes `nomaly.profile.generated`. Personal data is masked, in what is kept too, unless
   * the option `unmask` says otherwise.
   * @throws ProfilingError what the engine, `profileTable` and the store throw; what the publisher rejects with
   */
  readonly profile: (source: DataSource, options?: ProfilerOptions) => Promise<KeptProfile>
}

/** What a profiler needs. */
export interface ProfilerDeps {
  readonly open: (source: DataSource, signal?: AbortSignal) => Promise<OpenSource<ProfileEngine>>
  readonly profiles: ProfilesStore
  readonly events: DataEvents
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

/** A profiler over sources of any kind. */
export function profilerOf({ open, profiles, events, now, newId }: ProfilerDeps): Profiler {
  const recorded = new RecordedProfile({ profiles, events, newId })
  return {
    profile: async (source, { onProgress, signal, ...options } = {}) => {
      const { engine, close } = await open(source, signal)
      try {
        return await recorded.run({ engine, now, onProgress, signal }, options)
      } finally {
        await close()
      }
    },
  }
}
