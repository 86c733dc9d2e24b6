import { join } from 'node:path'

import type { ModelVersion, Stage } from '../../domain/model-version.ts'
import type { RegisteredModel } from '../../domain/registered-model.ts'
import { foldersIn, keyedTexts, numberOf, readMeta, textOf } from './read-meta.ts'

const STAGES: ReadonlyArray<string> = ['None', 'Staging', 'Production', 'Archived']

/** A registered model's folder. Its newest versions are read with `readVersions`. */
export async function readRegisteredModel(folder: string): Promise<RegisteredModel> {
  const meta = await readMeta(folder)
  return {
    name: textOf(meta, 'name'),
    createdAt: numberOf(meta, 'creation_timestamp') ?? 0,
    updatedAt: numberOf(meta, 'last_updated_timestamp') ?? 0,
    description: textOf(meta, 'description'),
    tags: await keyedTexts(join(folder, 'tags')),
    aliases: await keyedTexts(join(folder, 'aliases')),
    latestVersions: [],
  }
}

/** Its versions, lowest first, without deleted ones. */
export async function readVersions(folder: string): Promise<ReadonlyArray<ModelVersion>> {
  const versions: ModelVersion[] = []
  for (const name of await foldersIn(folder)) {
    if (!name.startsWith('version-')) continue
    const meta = await readMeta(join(folder, name))
    const stage = textOf(meta, 'current_stage', 'None')
    if (stage === 'Deleted_Internal') continue
    const [runId, runLink, modelId] = ['run_id', 'run_link', 'model_id'].map((field) => textOf(meta, field))
    versions.push({
      name: textOf(meta, 'name'),
      version: textOf(meta, 'version'),
      createdAt: numberOf(meta, 'creation_timestamp') ?? 0,
      updatedAt: numberOf(meta, 'last_updated_timestamp') ?? 0,
      userId: textOf(meta, 'user_id'),
      stage: STAGES.includes(stage) ? (stage as Stage) : 'None', // one of its words, as was just seen
      description: textOf(meta, 'description'),
      source: textOf(meta, 'source'),
      ...(runId ? { runId } : {}),
      ...(runLink ? { runLink } : {}),
      ...(modelId ? { modelId } : {}),
      status: 'READY',
      tags: await keyedTexts(join(folder, name, 'tags')),
      aliases: [],
    })
  }
  return versions.sort((a, b) => Number(a.version) - Number(b.version))
}
