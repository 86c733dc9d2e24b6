import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { openMlopsStore } from '@nomaly/ai-mlops/node'
import { ContainerModule } from 'inversify'

import { lazyStore } from '../lazy-store.ts'
import { tokens } from '../tokens.ts'

/** Where everything is kept: one SQLite file and a folder of artifacts. */
export const storageModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.store)
    .toResolvedValue(
      ({ dataPath, durable, artifactFolder, webhooks }, now, closing) => {
        const store = lazyStore(() => {
          mkdirSync(dataPath, { recursive: true })
          const { allowHttp = false, allowPrivateAddresses = false, secretKey } = webhooks
          return openMlopsStore({
            path: join(dataPath, 'mlops.db'),
            durable,
            now,
            artifactFolder: artifactFolder ?? join(dataPath, 'artifacts'),
            webhooks: { allowHttp, allowPrivateAddresses, ...(secretKey === undefined ? {} : { secretKey }) },
          })
        })
        closing.onClose(store.close)
        return store
      },
      [tokens.options, tokens.clock, tokens.closing],
    )
    .inSingletonScope()
  bind(tokens.artifactStore)
    .toResolvedValue(({ artifacts }) => artifacts, [tokens.store])
    .inSingletonScope()
})
