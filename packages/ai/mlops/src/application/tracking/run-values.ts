import type { NewLoggedModel } from '../../domain/logged-model.ts'
import type { ArtifactContent } from './artifact-content.ts'

/** Where a value stands in its series, and what it is of. */
export interface MetricPlace {
  /** Default 0. */
  readonly step?: number
  /** Epoch milliseconds; default now. */
  readonly at?: number
  /** The logged model that the value is of. */
  readonly modelId?: string
  readonly dataset?: { readonly name: string; readonly digest: string }
}

/** A model's files by path under its root, and what it says of itself. */
export interface ModelToLog extends Omit<NewLoggedModel, 'experimentId' | 'sourceRunId'> {
  readonly files: Readonly<Record<string, ArtifactContent>>
  /** Default 0. */
  readonly step?: number
}

/** What a param may be: a text stands as it is, anything else as JSON. */
export type ParamValue = string | number | boolean | null | object

/** How a param is kept. */
export function paramText(value: ParamValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Why a run failed, in words. */
export function reasonText(reason: unknown): string {
  return reason instanceof Error
    ? String(reason)
    : typeof reason === 'string'
      ? reason
      : (JSON.stringify(reason) ?? typeof reason)
}
