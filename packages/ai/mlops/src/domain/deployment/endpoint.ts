/** A version that answers callers. */
export interface Target {
  readonly version: string
  /** Its share of the traffic relative to the others', > 0. */
  readonly weight: number
}

/** A version that is asked beside the target, and whose answers no caller gets. */
export interface Shadow {
  readonly version: string
  /** How much of the traffic it sees, in (0, 1]; all of it when absent. */
  readonly share?: number
}

/** Who answers. */
export interface Routing {
  /** At least one; no version twice. */
  readonly targets: ReadonlyArray<Target>
  readonly shadows?: ReadonlyArray<Shadow>
  /** Another seed deals keys to versions anew; 0 when absent. */
  readonly seed?: number
}

/** One routing that an endpoint has or had. */
export interface EndpointRevision {
  /** From 1 on. */
  readonly revision: number
  readonly routing: Routing
  /** The revision that a rollback brought back. */
  readonly restoredFrom?: number
  readonly requestedBy: string
  readonly reason: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** A name that callers know, behind which versions of one registered model answer. */
export interface Endpoint {
  readonly name: string
  readonly model: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly current: EndpointRevision
}

/** What a new endpoint says of itself. */
export interface NewEndpoint {
  /** 1 to 63 letters, digits, `.`, `_` and `-`; the first and the last a letter or digit. */
  readonly name: string
  readonly model: string
  readonly routing: Routing
  readonly requestedBy?: string
  readonly reason?: string
}
