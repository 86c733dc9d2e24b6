import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import type { CopyProblem, TrackerSource } from '../../application/ports/tracker-source.ts'
import { MlflowError } from '../../domain/errors.ts'
import type { Experiment } from '../../domain/experiment.ts'
import { localArtifacts } from '../folder/local-artifacts.ts'
import { metricFile } from './metric-file.ts'
import { readLoggedModel } from './read-logged-model.ts'
import { foldersIn, keyedTexts, numberOf, readMeta, textOf } from './read-meta.ts'
import { readRegisteredModel, readVersions } from './read-registry.ts'
import { readRun } from './read-run.ts'

const OTHERS = new Set(['tags', 'datasets', 'models', 'traces', 'evaluations', 'assessments', '.trash'])

/** Where files that are not in the folder lie. */
export interface MlrunsSourceOptions {
  /** The folder behind `mlflow-artifacts:`; none by default. */
  readonly artifactRoot?: string
}

/**
 * Reads a folder in which MLflow keeps experiments and models as files (`mlruns`), wherever it has been moved to.
 * Traces are told as problems. @throws MlflowError `mlflow/unsupported-format` where it is no such folder
 */
export function mlrunsSource(folder: string, options: MlrunsSourceOptions = {}): TrackerSource {
  const root = resolve(folder)
  if (!existsSync(root)) throw new MlflowError('mlflow/unsupported-format', `there is no folder ${root}`)
  const problems: CopyProblem[] = []
  const folders = new Map<string, string>() // of experiments and registered models
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      problems.push({ what, why: error instanceof Error ? error.message : String(error) })
      return undefined
    }
  }
  const folderOf = (id: string): string => folders.get(id) ?? join(root, id)
  return {
    experiments: async function* () {
      const places = [root, join(root, '.trash')]
      let found = 0
      for (const place of places) {
        for (const name of await foldersIn(place)) {
          const experimentFolder = join(place, name)
          if (!existsSync(join(experimentFolder, 'meta.yaml')) || OTHERS.has(name)) continue
          found += 1
          const experiment = await attempt(`experiment ${name}`, () => readExperiment(experimentFolder))
          if (experiment === undefined) continue
          folders.set(experiment.id, experimentFolder)
          const traces = (await foldersIn(join(experimentFolder, 'traces'))).length
          if (traces > 0) problems.push({ what: `${traces} traces of experiment ${name}`, why: 'traces are not taken' })
          yield experiment
        }
      }
      if (found === 0 && !existsSync(join(root, 'models'))) {
        throw new MlflowError('mlflow/unsupported-format', `${root} holds no experiment and no model of MLflow`)
      }
    },
    runs: async function* (experimentId) {
      const experimentFolder = folderOf(experimentId)
      for (const id of await foldersIn(experimentFolder)) {
        if (OTHERS.has(id)) continue
        const run = await attempt(`run ${id}`, () => readRun(experimentFolder, id))
        if (run === undefined) continue
        folders.set(run.id, join(experimentFolder, id))
        yield run
      }
    },
    series: (run, key) => metricFile(join(folderOf(run.id), 'metrics', key), key),
    loggedModels: async function* (experimentId) {
      const models = join(folderOf(experimentId), 'models')
      for (const id of await foldersIn(models)) {
        const model = await attempt(`logged model ${id}`, () => readLoggedModel(join(models, id)))
        if (model !== undefined) yield model
      }
    },
    registeredModels: async function* () {
      for (const name of await foldersIn(join(root, 'models'))) {
        const model = await attempt(`registered model ${name}`, () => readRegisteredModel(join(root, 'models', name)))
        if (model === undefined) continue
        folders.set(`model ${model.name}`, join(root, 'models', name))
        yield model
      }
    },
    modelVersions: async function* (name) {
      const modelFolder = folders.get(`model ${name}`) ?? join(root, 'models', name)
      yield* (await attempt(`versions of registered model ${name}`, () => readVersions(modelFolder))) ?? []
    },
    artifacts: (location) => localArtifacts(location, { base: dirname(root), ...options }),
    problems,
  }
}

async function readExperiment(folder: string): Promise<Experiment> {
  const meta = await readMeta(folder)
  return {
    id: textOf(meta, 'experiment_id'),
    name: textOf(meta, 'name'),
    artifactLocation: textOf(meta, 'artifact_location'),
    folder: '',
    lifecycleStage: textOf(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    createdAt: numberOf(meta, 'creation_time') ?? 0,
    updatedAt: numberOf(meta, 'last_update_time') ?? 0,
    tags: await keyedTexts(join(folder, 'tags')),
  }
}
