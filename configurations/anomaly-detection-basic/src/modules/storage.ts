import { join } from 'node:path'

import {
  createFileModelRepository,
  createFolderFeedbackStore,
  createFolderResultStore,
} from '@nomaly/ai-anomaly-detection/node'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** Where models and results are kept: files under the data folder. */
export const storageModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.models)
    .toResolvedValue(
      ({ dataPath }) => createFileModelRepository({ directory: join(dataPath, 'models') }),
      [tokens.options],
    )
    .inSingletonScope()
  bind(tokens.results)
    .toResolvedValue(
      ({ dataPath, version }) => createFolderResultStore({ folder: join(dataPath, 'results'), version }),
      [tokens.options],
    )
    .inSingletonScope()
  bind(tokens.feedback)
    .toResolvedValue(
      ({ dataPath }) => createFolderFeedbackStore({ folder: join(dataPath, 'results') }),
      [tokens.options],
    )
    .inSingletonScope()
})
