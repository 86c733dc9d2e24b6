import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { Answered, Failure, useAnswer } from '../../api/use-answer.tsx'
import { timeText } from '../../numbers.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { useAction } from '../../parts/use-action.ts'
import { addressOf } from '../../place.ts'
import { askMlflow } from '../experiment/mlflow.ts'
import { AliasForm } from './alias-form.tsx'
import { Promotions } from './promotions.tsx'
import type { ModelVersion, RegisteredModel } from './registry.ts'
import { VersionsTable } from './versions-table.tsx'

/** A registered model: its versions, which is in use, and the ways to change that. */
export function RegisteredModelPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const name = query.get('name') ?? ''
  const [round, setRound] = useState(0)
  const answer = useAnswer(`${name} ${round}`, async (signal) => {
    const [{ registered_model: model }, { model_versions: versions = [] }] = await Promise.all([
      askMlflow<{ readonly registered_model: RegisteredModel }>('registered-models/get', { query: { name }, signal }),
      askMlflow<{ readonly model_versions?: ReadonlyArray<ModelVersion> }>('model-versions/search', {
        query: { filter: `name = '${name.replaceAll("'", "''")}'`, order_by: 'version_number DESC' },
        signal,
      }),
    ])
    return { model, versions }
  })
  const changing = useAction(async (path: string, method: string, body: Readonly<Record<string, unknown>>) => {
    await askMlflow(path, { method, body: { name, ...body } })
    setRound((before) => before + 1)
  })
  return (
    <>
      {changing.why !== undefined && <Failure why={changing.why} />}
      <Answered of={answer}>
        {({ model, versions }) => (
          <>
            <h2>{model.name}</h2>
            <p>
              {model.description} Changed {timeText(model.last_updated_timestamp)}.{' '}
              <a href={addressOf('registry')}>All registered models</a>
            </p>
            <h3>In use</h3>
            <Aliases
              model={model}
              onRemove={(alias) => changing.start('registered-models/alias', 'DELETE', { alias })}
            />
            <AliasForm
              versions={versions.map(({ version }) => version)}
              onGive={(alias, version) => changing.start('registered-models/alias', 'POST', { alias, version })}
            />
            <h3>Versions</h3>
            <VersionsTable
              versions={versions}
              onStage={(version, stage) =>
                changing.start('model-versions/transition-stage', 'POST', {
                  version,
                  stage,
                  archive_existing_versions: false,
                })
              }
            />
            <h3>Promotions</h3>
            <Promotions model={name} />
          </>
        )}
      </Answered>
    </>
  )
}

function Aliases({
  model: { aliases = [] },
  onRemove,
}: {
  readonly model: RegisteredModel
  readonly onRemove: (alias: string) => void
}): JSX.Element {
  if (aliases.length === 0) return <p>No version has an alias: give one that callers ask for, such as champion.</p>
  return (
    <ul>
      {aliases.map(({ alias, version }) => (
        <li key={alias}>
          <strong>{alias}</strong>: version {version}{' '}
          <ConfirmButton label={`Take away the alias ${alias}`} onConfirm={() => onRemove(alias)}>
            Take away
          </ConfirmButton>
        </li>
      ))}
    </ul>
  )
}
