import { ContainerModule } from 'inversify'

import { dataRoutesOf } from '../data-routes.ts'
import { tokens } from '../tokens.ts'

/** Profiling and quality over HTTP. */
export const routesModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.routes)
    .toResolvedValue(
      (profiles, suites, results, events, now, newId, { memoryLimitMb }) =>
        dataRoutesOf({
          profiling: async () => {
            const { openUploadedTable } = await import('@nomaly/data-profiling/node')
            return { profiles, events, now, newId, openTable: openUploadedTable({ memoryLimitMb }) }
          },
          quality: async () => {
            const { documentText, openUploadedTable, parseDocumentText, parseSuite } =
              await import('@nomaly/data-quality/node')
            const texts = { parseSuite, parseDocument: parseDocumentText, documentText }
            return { suites, results, events, now, newId, texts, openTable: openUploadedTable({ memoryLimitMb }) }
          },
        }),
      [tokens.profiles, tokens.suites, tokens.results, tokens.events, tokens.clock, tokens.ids, tokens.options],
    )
    .inSingletonScope()
})
