/**
 * A model as one JSON file: `{ format, formatVersion, checksum, model, state }`. The checksum is the SHA-256 of the text
 * of `model` and `state`, so that a file cut short or edited is told from a whole one.
 */
import { createHash } from 'node:crypto'

import { decodeState, encodeState } from '../application/model-json.ts'
import { parseModelSummary } from '../application/model-schema.ts'
import type { ModelSummary } from '../application/ports/model-repository.ts'
import { AnomalyDetectionError } from '../domain/errors.ts'
import type { Model } from '../domain/model.ts'

const FORMAT = 'nomaly-model'
const PLAIN = 1
const NORMALIZED = 2 // as 1, with a normalization: a release that knows only 1 would score without it
const SUPPORTED: ReadonlyArray<unknown> = [PLAIN, NORMALIZED]

/** The text of a model's file. */
export function modelFileOf({ state, ...summary }: Model): string {
  const model = JSON.stringify(summary)
  const encoded = JSON.stringify(encodeState(state))
  const formatVersion = summary.normalization === undefined ? PLAIN : NORMALIZED
  const head = { format: FORMAT, formatVersion, checksum: checksumOf(model, encoded) }
  return `{"head":${JSON.stringify(head)},\n"model":${model},\n"state":${encoded}}\n`
}

/**
 * Reads a model's file.
 * @param path - named in errors
 * @throws AnomalyDetectionError `corrupt-model`, `unsupported-model-format`
 */
export function parseModelFile(text: string, path: string): Model {
  const { model, state } = checkedParts(text, path)
  return { ...parseModelSummary(model, path), state: decodeState(state) }
}

/** As `parseModelFile`, without decoding the state. */
export function parseModelFileSummary(text: string, path: string): ModelSummary {
  return parseModelSummary(checkedParts(text, path).model, path)
}

function checkedParts(text: string, path: string): { readonly model: unknown; readonly state: unknown } {
  const file = parseJson(text, path)
  const head = property(file, 'head')
  if (property(head, 'format') !== FORMAT) throw corrupt(path, 'it is not a model file')
  const version = property(head, 'formatVersion')
  if (!SUPPORTED.includes(version)) {
    throw new AnomalyDetectionError(
      'anomaly-detection/unsupported-model-format',
      `${path} is written in model format ${String(version)}; this release reads formats ${SUPPORTED.join(' and ')}: update nomaly, or fit the model again`,
      { path, formatVersion: version, supported: SUPPORTED },
    )
  }
  const [model, state] = [property(file, 'model'), property(file, 'state')]
  if (property(head, 'checksum') !== checksumOf(JSON.stringify(model), JSON.stringify(state))) {
    throw corrupt(path, 'its content does not match its checksum, so it was changed after it was written')
  }
  return { model, state }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw corrupt(path, 'it is cut short or not JSON', cause)
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}

function checksumOf(model: string | undefined, state: string | undefined): string {
  return createHash('sha256').update(`${model}\n${state}`).digest('hex')
}

function corrupt(path: string, reason: string, cause?: unknown): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/corrupt-model',
    `${path} cannot be used: ${reason}; restore it or fit the model again`,
    { path },
    cause,
  )
}
