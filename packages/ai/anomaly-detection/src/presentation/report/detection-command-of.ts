import { configureDetector } from '../../application/catalogue/catalogue.ts'
import {
  configureTimeSeriesDetector,
  isTimeSeriesDetector,
} from '../../application/time-series/time-series-catalogue.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'

type Flags = ReadonlyArray<string>

/** The command that detects once more, as words; undefined where flags cannot say what was asked for. */
export function detectionCommandOf(info: ResultInfo): ReadonlyArray<string> | undefined {
  const { dataset, model, columns, series, options, algorithm, parameters } = info
  const { threshold, contamination, seed, missing, period, encode, standardize, stepMs, aggregate, smooth } = options
  const cut = [...flag('threshold', threshold), ...flag('contamination', contamination)]
  if (model !== undefined) {
    return [
      'nomaly',
      'score',
      dataset.name,
      '--model',
      `${model.name}@${model.version}`,
      ...flag('threshold', threshold),
    ]
  }
  const how = detectorFlags(algorithm, parameters, series !== undefined)
  if (how === undefined) return undefined
  const end = [...how, ...cut, ...flag('seed', seed)]
  if (series !== undefined) {
    const { time, value, key } = series
    const which = ['--time', time, '--value', value, ...flag('key', key), ...flag('period', period)]
    const step = flag('step', stepMs === undefined ? undefined : `${stepMs}ms`)
    const points = [...step, ...flag('aggregate', aggregate), ...flag('smooth', smooth)]
    return ['nomaly', 'detect', dataset.name, ...which, ...points, ...end]
  }
  // the flag takes names with commas between them
  if (columns.some((name) => name.includes(',') || name !== name.trim() || name === '')) return undefined
  const reading = [
    ...flag('missing', missing),
    ...flag('encode', encode),
    ...(standardize === true ? ['--standardize'] : []),
  ]
  return ['nomaly', 'detect', dataset.name, '--columns', columns.join(','), ...reading, ...end]
}

function flag(name: string, value: string | number | undefined): Flags {
  return value === undefined ? [] : [`--${name}`, String(value)]
}

function detectorFlags(id: string, parameters: ResultInfo['parameters'], isSeries: boolean): Flags | undefined {
  if (id === 'ensemble') return ensembleFlags(parameters)
  if (id.includes(',')) return [] // several methods, each chosen for some of the series
  const changed = changedFlags(id, parameters, '', isSeries)
  return changed && ['--detector', id, ...changed]
}

// Of `ensemble`: the parts' own parameters go by their ids.
function ensembleFlags({ detectors, combine, unify, weights, ...rest }: ResultInfo['parameters']): Flags | undefined {
  if (!Array.isArray(detectors) || typeof combine !== 'string' || typeof unify !== 'string') return undefined
  const parts: ReadonlyArray<{ readonly id: string; readonly parameters?: ResultInfo['parameters'] }> = detectors
  const ids = parts.map(({ id }) => id)
  const own = parts.map((part) => changedFlags(part.id, part.parameters ?? {}, `${part.id}.`, false))
  if (combine === 'stack' || new Set(ids).size < ids.length || own.includes(undefined)) return undefined
  const weighted = Array.isArray(weights) ? ['--weights', weights.join(',')] : []
  const more = Object.entries(rest).flatMap(([name, value]) => (isPlain(value) ? ['--param', `${name}=${value}`] : []))
  return [
    '--detector',
    ids.join(','),
    '--combine',
    combine,
    '--unify',
    unify,
    ...weighted,
    ...own.flatMap((one) => one ?? []),
    ...more,
  ]
}

// What differs from the defaults; undefined where a flag cannot say it.
function changedFlags(
  id: string,
  parameters: ResultInfo['parameters'],
  prefix: string,
  isSeries: boolean,
): Flags | undefined {
  const defaults = defaultsOf(id, isSeries)
  const changed = Object.entries(parameters).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]),
  )
  if (!changed.every(([, value]) => isPlain(value))) return undefined
  return changed.flatMap(([name, value]) => ['--param', `${prefix}${name}=${String(value)}`])
}

function defaultsOf(id: string, isSeries: boolean): ResultInfo['parameters'] {
  try {
    return isSeries && isTimeSeriesDetector(id)
      ? configureTimeSeriesDetector(id, {}, undefined).parameters
      : configureDetector(id, {}).parameters
  } catch {
    return {} // of one that has no defaults, or is not in the catalogue: all is told
  }
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
