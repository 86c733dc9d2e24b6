import { join } from 'node:path'

import { createFileModelRepository } from '@nomaly/ai-anomaly-detection/node'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** Where models are kept: files under the data folder. */
export const storageModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.models)
    .toResolvedValue(
      ({ dataPath }) => createFileModelRepository({ directory: join(dataPath, 'models') }),
      [tokens.options],
    )
    .inSingletonScope()
})
