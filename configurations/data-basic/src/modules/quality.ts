import { ContainerModule } from 'inversify'

import { qualityChecksOf } from '../quality-checks.ts'
import { openSource } from '../sources/open-source.ts'
import { QUALITY_ENGINES } from '../sources/quality-engines.ts'
import { tokens } from '../tokens.ts'

/** Checks tables of any source, and keeps what was found. */
export const qualityModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.qualityEngines).toConstantValue(QUALITY_ENGINES)
  bind(tokens.quality)
    .toResolvedValue(
      (engines, options, suites, results, events, now, newId) =>
        qualityChecksOf({
          open: (source, signal) => openSource(source, engines, options, signal),
          suites,
          results,
          events,
          now,
          newId,
          unmask: options.unmask,
        }),
      [tokens.qualityEngines, tokens.options, tokens.suites, tokens.results, tokens.events, tokens.clock, tokens.ids],
    )
    .inSingletonScope()
})
