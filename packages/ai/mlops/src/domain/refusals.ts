import { MlopsError } from './errors.ts'

/** What can be missing, taken or deleted. */
export type Entity =
  | 'experiment'
  | 'run'
  | 'tag'
  | 'param'
  | 'dataset'
  | 'logged model'
  | 'registered model'
  | 'model version'
  | 'alias'
  | 'artifact'
  | 'webhook'
  | 'endpoint'
  | 'deployment'
  | 'reference'
  | 'pipeline'
  | 'monitor'

/** `mlops/not-found`. @param key - what was asked for @param where - what it was looked for in, if in something */
export function notFound(entity: Entity, key: string, where: Readonly<Record<string, unknown>> = {}): MlopsError {
  return new MlopsError('mlops/not-found', `there is no ${entity} '${key}'`, { entity, key, ...where })
}

/** `mlops/already-exists`. */
export function alreadyExists(entity: Entity, key: string, why = ''): MlopsError {
  return new MlopsError('mlops/already-exists', `the ${entity} '${key}' exists already${why}`, { entity, key })
}

/** `mlops/invalid-state` for a thing that is softly deleted. */
export function isDeleted(entity: Entity, key: string): MlopsError {
  return new MlopsError('mlops/invalid-state', `the ${entity} '${key}' is deleted: restore it first`, {
    entity,
    key,
    stage: 'deleted',
  })
}

/** `mlops/invalid-argument`. @param field - the path of the value, e.g. `metrics[0].key` */
export function invalidArgument(
  field: string,
  problem: string,
  details: Readonly<Record<string, unknown>> = {},
): MlopsError {
  return new MlopsError('mlops/invalid-argument', `${field}: ${problem}`, { field, ...details })
}
