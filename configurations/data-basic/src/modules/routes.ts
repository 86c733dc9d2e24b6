import { ContainerModule } from 'inversify'

import { dataRoutesOf } from '../data-routes.ts'
import type { DataSource } from '../sources/data-source.ts'
import { openSource } from '../sources/open-source.ts'
import { tokens } from '../tokens.ts'

/** Profiling and quality over HTTP. */
export const routesModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.routes)
    .toResolvedValue(
      (profiles, suites, results, events, now, newId, options, profileEngines, qualityEngines) => {
        const { memoryLimitMb } = options
        return dataRoutesOf({
          profiling: async () => {
            const { openUploadedTable } = await import('@nomaly/data-profiling/node')
            const open = (source: DataSource, signal: AbortSignal) =>
              openSource(source, profileEngines, options, signal)
            return { profiles, events, now, newId, open, openTable: openUploadedTable({ memoryLimitMb }) }
          },
          quality: async () => {
            const { documentText, openUploadedTable, parseDocumentText, parseSuite } =
              await import('@nomaly/data-quality/node')
            const texts = { parseSuite, parseDocument: parseDocumentText, documentText }
            const open = (source: DataSource, signal: AbortSignal) =>
              openSource(source, qualityEngines, options, signal)
            return { suites, results, events, now, newId, texts, open, openTable: openUploadedTable({ memoryLimitMb }) }
          },
        })
      },
      [
        tokens.profiles,
        tokens.suites,
        tokens.results,
        tokens.events,
        tokens.clock,
        tokens.ids,
        tokens.options,
        tokens.profileEngines,
        tokens.qualityEngines,
      ],
    )
    .inSingletonScope()
})
