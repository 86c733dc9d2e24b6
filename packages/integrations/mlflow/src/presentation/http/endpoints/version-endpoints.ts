import { z } from 'zod'

import { MlflowError } from '../../../domain/errors.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { field } from '../request/fields.ts'
import { maxResults, versionOf } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { recordOf, some } from '../wire/plain.ts'
import { modelVersionWire } from '../wire/registry-wire.ts'
import { foundVersion } from './found.ts'
import { OneByOne } from './one-by-one.ts'
import { longPage, queryOf } from './query.ts'
import { downloadUri } from './sources/download-uri.ts'
import { resolveSource } from './sources/resolve-source.ts'
import { stageOf } from './stages.ts'

const pair = z.object({ key: field.requiredText(), value: field.textOr('') })
const key = { name: field.requiredText(), version: field.requiredText() }
const path = (last: string): string => `/mlflow/model-versions/${last}`
const MOST = 200_000

/** Versions of registered models: create, read, search, change, stage, delete, tags, where the files are. */
export function versionEndpoints(ports: TrackerPorts): ReadonlyArray<Endpoint> {
  const { modelVersions: versions } = ports
  return [
    createVersion(ports),
    endpoint('GET', path('get'), key, async ({ name, version }) => ({
      model_version: modelVersionWire(await foundVersion(ports, name, versionOf(version))),
    })),
    endpoint(
      'GET',
      path('search'),
      {
        filter: field.text(),
        max_results: maxResults(MOST, MOST),
        order_by: field.texts(),
        page_token: field.text(),
      },
      async (request) => {
        const { items, next } = await longPage(queryOf(request, 'active'), request.max_results, versions.search)
        return { model_versions: some(items)?.map(modelVersionWire), next_page_token: next }
      },
    ),
    endpoint('PATCH', path('update'), { ...key, description: field.textOr('') }, async (request) => {
      const { name, description } = request
      const version = versionOf(request.version)
      const changed = await versions.change(name, version, { kind: 'describe', description })
      return { model_version: modelVersionWire(changed ?? (await foundVersion(ports, name, version))) }
    }),
    transitionStage(ports),
    endpoint('DELETE', path('delete'), key, async ({ name, version }) => {
      await versions.change(name, versionOf(version), { kind: 'delete' })
      return {}
    }),
    endpoint('GET', path('get-download-uri'), key, async ({ name, version }) => ({
      artifact_uri: await downloadUri(ports, name, versionOf(version)),
    })),
    endpoint('POST', path('set-tag'), { ...key, ...pair.shape }, async ({ name, version, key: tag, value }) => {
      await versions.change(name, versionOf(version), { kind: 'set-tag', key: tag, value })
      return {}
    }),
    endpoint('DELETE', path('delete-tag'), { ...key, key: field.requiredText() }, async (request) => {
      await versions.change(request.name, versionOf(request.version), { kind: 'delete-tag', key: request.key })
      return {}
    }),
  ]
}

function transitionStage(ports: TrackerPorts): Endpoint {
  const shape = { ...key, stage: field.requiredText(), archive_existing_versions: field.flag() }
  return endpoint('POST', path('transition-stage'), shape, async (request) => {
    const { name, archive_existing_versions: archiveExisting = false } = request
    const [stage, version] = [stageOf(request.stage), versionOf(request.version)]
    if (archiveExisting && stage !== 'Staging' && stage !== 'Production') {
      throw new MlflowError(
        'mlflow/invalid-argument',
        `Model version transition cannot archive existing model versions because '${request.stage}' is not an Active ` +
          "stage. Valid stages are 'Staging' and 'Production'.",
      )
    }
    const changed = await ports.modelVersions.change(name, version, { kind: 'stage', stage, archiveExisting })
    return { model_version: modelVersionWire(changed ?? (await foundVersion(ports, name, version))) }
  })
}

function createVersion(ports: TrackerPorts): Endpoint {
  const shape = {
    name: field.requiredText(),
    source: field.requiredText(),
    run_id: field.text(),
    tags: field.list(pair),
    run_link: field.text(),
    description: field.text(),
    model_id: field.text(),
  }
  const writers = new OneByOne() // the logged model's tag is read, extended and written back
  return endpoint('POST', path('create'), shape, async (request) => {
    const tags = recordOf(request.tags)
    const isPrompt = tags['mlflow.prompt.is_prompt']?.toLowerCase() === 'true'
    const asked = { source: request.source, runId: request.run_id ?? '', modelId: request.model_id ?? '' }
    const { source, runId, modelId } = isPrompt ? asked : await resolveSource(ports, asked)
    const made = await ports.modelVersions.create({
      name: request.name,
      source,
      tags,
      ...(runId === '' ? {} : { runId }),
      ...(modelId === '' ? {} : { modelId }),
      ...(request.run_link === undefined ? {} : { runLink: request.run_link }),
      ...(request.description === undefined ? {} : { description: request.description }),
    })
    if (!isPrompt && modelId !== '') {
      await writers.run(modelId, () => noteRegistration(ports, modelId, made.name, made.version))
    }
    return { model_version: modelVersionWire(made) }
  })
}

const VERSIONS_TAG = 'mlflow.modelVersions'

async function noteRegistration(
  { loggedModels }: TrackerPorts,
  id: string,
  name: string,
  version: string,
): Promise<void> {
  const before = (await loggedModels.find(id))?.tags[VERSIONS_TAG]
  const list: unknown = before === undefined ? [] : JSON.parse(before)
  const value = JSON.stringify([...(Array.isArray(list) ? list : []), { name, version: Number(version) }])
  await loggedModels.change(id, { kind: 'set-tags', tags: { [VERSIONS_TAG]: value } })
}
