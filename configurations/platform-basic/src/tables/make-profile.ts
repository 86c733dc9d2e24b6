import { type Profile, profileTable } from '@nomaly/data-profiling'

import { type NamedTable, openTable, type Surroundings } from './open-table.ts'
import { PROFILE_ENGINES } from './profile-engines.ts'

/** A profile for suggestions: without what no expectation is made of. */
export async function makeProfile(
  named: NamedTable,
  { top }: { readonly top: number },
  surroundings: Surroundings & { readonly progress: (text: string | undefined) => void },
): Promise<Profile> {
  surroundings.progress('opening the table')
  const { engine, close } = await openTable(named, PROFILE_ENGINES, surroundings)
  try {
    return await profileTable(
      {
        engine,
        now: Date.now,
        signal: surroundings.signal,
        onProgress: ({ done, total, what }) => surroundings.progress(`profiling: ${done} of ${total}, ${what}`),
      },
      { top, correlations: false, duplicates: false, shownRows: 0 },
    )
  } finally {
    await close()
  }
}
