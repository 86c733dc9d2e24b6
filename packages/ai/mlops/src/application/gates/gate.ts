import type { ModelVersion } from '../../domain/model-version.ts'
import type { Approval } from '../../domain/registry/promotion.ts'
import type { DriftSighting } from '../ports/drift-history.ts'

/** The last value of a metric, and where it was read. */
export interface LoggedValue {
  readonly value: number
  readonly step: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly runId?: string
  readonly modelId?: string
}

/** What a gate may ask. */
export interface GateContext {
  /** The version that shall get the alias. */
  readonly candidate: ModelVersion
  readonly alias: string
  /** Epoch milliseconds. */
  readonly now: number
  /** Who has an alias of the model now. */
  readonly holderOf: (alias: string) => Promise<ModelVersion | undefined>
  /** Of the version's logged model, else of its run; undefined when neither logged it. */
  readonly metricOf: (version: ModelVersion, key: string) => Promise<LoggedValue | undefined>
  /** Of the candidate. */
  readonly approvals: () => Promise<ReadonlyArray<Approval>>
  /** Of a version; undefined when no monitoring is bound. */
  readonly driftOf: (
    version: ModelVersion,
    since: number,
  ) => Promise<{ readonly looks: number; readonly drifts: ReadonlyArray<DriftSighting> } | undefined>
}

/** A gate's answer. The evidence is stored with the promotion, passed or not: JSON only. */
export interface GateVerdict {
  readonly passed: boolean
  readonly evidence: Readonly<Record<string, unknown>>
}

/** A condition that a version must meet to get an alias. A check that throws counts as not passed. */
export interface PromotionGate {
  /** With its terms, such as `metricAtLeast(auc, 0.9)`: it is stored beside the evidence. */
  readonly name: string
  readonly check: (context: GateContext) => Promise<GateVerdict>
}
