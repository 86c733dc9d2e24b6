import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { openSqliteStreamStateStore, type SqliteStreamStateStore } from '@nomaly/ai-anomaly-detection/node'
import { StreamingService } from '@nomaly/ai-anomaly-detection/streaming'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** Live streams; the models of entities that are idle lie in an SQLite file for each stream, under the data folder. */
export const streamingModule: ContainerModule = new ContainerModule(({ bind }) => {
  const opened = new Map<string, SqliteStreamStateStore>()
  bind(tokens.streamStores)
    .toResolvedValue(
      ({ dataPath }) =>
        (name) => {
          const folder = join(dataPath, 'streams')
          mkdirSync(folder, { recursive: true })
          opened.get(name)?.close() // its stream is followed by a new one
          const store = openSqliteStreamStateStore(join(folder, `${encodeURIComponent(name)}.db`))
          opened.set(name, store)
          return store
        },
      [tokens.options],
    )
    .inSingletonScope()
    .onDeactivation(() => {
      for (const store of opened.values()) store.close()
    })
  bind(tokens.streaming)
    .toResolvedValue(
      (events, clock, ids, storeOf) => new StreamingService({ events, clock, ids, storeOf }),
      [tokens.events, tokens.clock, tokens.ids, tokens.streamStores],
    )
    .inSingletonScope()
})
