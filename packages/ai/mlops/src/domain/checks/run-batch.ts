import { limits } from '../limits.ts'
import type { MetricPoint } from '../metric.ts'
import { invalidArgument } from '../refusals.ts'
import type { RunBatch } from '../run.ts'
import { checkKey } from './key.ts'
import { checkText, checkWhole } from './text.ts'

/** Refuses a batch of which any part breaks a limit. @throws MlopsError `mlops/invalid-argument` */
export function checkRunBatch({ metrics = [], params = [], tags = [] }: RunBatch): void {
  checkSize('metrics', metrics.length, limits.metricsPerBatch)
  checkSize('params', params.length, limits.paramsPerBatch)
  checkSize('tags', tags.length, limits.tagsPerBatch)
  checkSize('metrics, params and tags', metrics.length + params.length + tags.length, limits.entriesPerBatch)
  metrics.forEach((point, index) => checkMetricPoint(`metrics[${index}]`, point))
  const seen = new Set<string>()
  params.forEach(({ key, value }, index) => {
    checkParam(`params[${index}]`, key, value)
    if (seen.has(key))
      throw invalidArgument(`params[${index}].key`, `'${key}' comes twice`, { found: key, reason: 'twice' })
    seen.add(key)
  })
  tags.forEach(({ key, value }, index) => checkRunTag(`tags[${index}]`, key, value))
}

/** Refuses a tag of a run that breaks a limit. @throws MlopsError `mlops/invalid-argument` */
export function checkRunTag(field: string, key: string, value: string): void {
  checkKey(`${field}.key`, key)
  checkText(`${field}.value`, value, 0, limits.runTagValue)
}

/** Refuses a parameter that breaks a limit. @throws MlopsError `mlops/invalid-argument` */
export function checkParam(field: string, key: string, value: string): void {
  checkKey(`${field}.key`, key)
  checkText(`${field}.value`, value, 0, limits.paramValue)
}

function checkMetricPoint(field: string, { key, value, at, step, datasetName, datasetDigest }: MetricPoint): void {
  checkKey(`${field}.key`, key)
  if (typeof value !== 'number') throw invalidArgument(`${field}.value`, `must be a number, not ${typeof value}`)
  checkWhole(`${field}.at`, at, 0)
  checkWhole(`${field}.step`, step)
  if (datasetName !== undefined) checkText(`${field}.datasetName`, datasetName, 1, limits.datasetName)
  if (datasetDigest !== undefined) checkText(`${field}.datasetDigest`, datasetDigest, 1, limits.datasetDigest)
}

function checkSize(field: string, found: number, most: number): void {
  if (found > most)
    throw invalidArgument(field, `a batch may hold ${most}, not ${found}`, { found, most, reason: 'batch' })
}
