import { ContainerModule } from 'inversify'

import { profilerOf } from '../profiler.ts'
import { openSource } from '../sources/open-source.ts'
import { PROFILE_ENGINES } from '../sources/profile-engines.ts'
import { tokens } from '../tokens.ts'

/** Describes tables of any source. */
export const profilingModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.profileEngines).toConstantValue(PROFILE_ENGINES)
  bind(tokens.profiler)
    .toResolvedValue(
      (engines, options, profiles, events, now, newId) =>
        profilerOf({
          open: (source, signal) => openSource(source, engines, options, signal),
          profiles,
          events,
          now,
          newId,
        }),
      [tokens.profileEngines, tokens.options, tokens.profiles, tokens.events, tokens.clock, tokens.ids],
    )
    .inSingletonScope()
})
