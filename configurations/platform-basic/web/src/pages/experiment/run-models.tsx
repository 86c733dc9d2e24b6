import type { JSX } from 'preact'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { addressOf } from '../../place.ts'
import type { ModelVersion } from '../model-registry/registry.ts'
import { askMlflow, type Run } from './mlflow.ts'

interface LoggedModel {
  readonly info: { readonly model_id: string; readonly name?: string; readonly status: string }
}

/** The models that a run made, and the registered versions that come of them. */
export function RunModels({ run }: { readonly run: Run }): JSX.Element {
  const { run_id: id } = run.info
  const answer = useAnswer(`models ${id}`, async (signal) => {
    const made = run.outputs?.model_outputs ?? []
    const [{ model_versions: versions = [] }, ...models] = await Promise.all([
      askMlflow<{ readonly model_versions?: ReadonlyArray<ModelVersion> }>('model-versions/search', {
        query: { filter: `run_id = '${id}'` },
        signal,
      }),
      ...made.map(({ model_id: model }) =>
        askMlflow<{ readonly model: LoggedModel }>(`logged-models/${encodeURIComponent(model)}`, { signal }),
      ),
    ])
    return { versions, models: models.map(({ model }) => model.info) }
  })
  return (
    <Answered of={answer}>
      {({ versions, models }) =>
        versions.length + models.length === 0 ? (
          <p>It made none.</p>
        ) : (
          <ul>
            {models.map(({ model_id: model, name = model, status }) => (
              <li key={model}>
                {name}, logged, {status.replace('LOGGED_MODEL_', '').toLowerCase()}
              </li>
            ))}
            {versions.map(({ name, version }) => (
              <li key={`${name} ${version}`}>
                <a href={addressOf('registered-model', { name })}>{name}</a>, registered as version {version}
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  )
}
