import { Deployments, PredictionRecorder } from '@nomaly/ai-mlops'
import { ContainerModule } from 'inversify'

import { BasicMlopsConfigurationError } from '../options.ts'
import { tokens } from '../tokens.ts'

/** Endpoints that versions of models answer behind, in this process. */
export const deploymentModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.predictors)
    .toResolvedValue(
      ({ predictors }) =>
        predictors ?? {
          load: ({ name, version }) => {
            const message = `nothing says how ${name}/${version} predicts: give the option predictors, or bind tokens.predictors`
            return Promise.reject(
              new BasicMlopsConfigurationError('configuration-mlops-basic/no-predictors', message, { name, version }),
            )
          },
        },
      [tokens.options],
    )
    .inSingletonScope()
  bind(tokens.deployments)
    .toResolvedValue(
      (store, predictors, now, newId, random, { onError }, closing) => {
        const recorder = new PredictionRecorder(store.predictions, { onLost: (_, error) => onError(error) })
        const deployments = new Deployments({ ...store, predictors, recorder, now, newId, random, onError })
        closing.onClose(() => deployments.close())
        return deployments
      },
      [tokens.store, tokens.predictors, tokens.clock, tokens.ids, tokens.random, tokens.options, tokens.closing],
    )
    .inSingletonScope()
})
