import { type Profile, profileTable } from '@nomaly/data-profiling'

import { type NamedTable, openTable, type Surroundings } from './open-table.ts'
import { PROFILE_ENGINES } from './profile-engines.ts'

/** How far a profile is. */
interface ProfileStep {
  readonly done: number
  readonly total: number
  readonly what: string
}

/** A profile for suggestions: without what no expectation is made of. */
export async function makeProfile(
  named: NamedTable,
  { top }: { readonly top: number },
  surroundings: Surroundings & { readonly onProgress: (step: ProfileStep) => void },
): Promise<Profile> {
  const { engine, close } = await openTable(named, PROFILE_ENGINES, surroundings)
  try {
    return await profileTable(
      {
        engine,
        now: Date.now,
        signal: surroundings.signal,
        onProgress: surroundings.onProgress,
      },
      { top, correlations: false, duplicates: false, shownRows: 0 },
    )
  } finally {
    await close()
  }
}
