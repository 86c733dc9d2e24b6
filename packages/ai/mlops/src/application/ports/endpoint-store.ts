import type { Endpoint, EndpointRevision, NewEndpoint, Routing } from '../../domain/deployment/endpoint.ts'

/** One change of an endpoint. */
export type EndpointChange =
  | {
      readonly kind: 'route'
      readonly routing: Routing
      /** The revision that this one is to replace: another one's change meanwhile is refused. */
      readonly replaces: number
      readonly restoredFrom?: number
      readonly requestedBy?: string
      readonly reason?: string
    }
  | { readonly kind: 'delete' }

/** Keeps endpoints and every routing they had. */
export interface EndpointStore {
  /** @throws `already-exists`, `invalid-argument` */
  readonly create: (endpoint: NewEndpoint) => Promise<Endpoint>
  readonly find: (name: string) => Promise<Endpoint | undefined>
  /** Undefined after a `delete`. @throws `not-found`; `invalid-state` where `replaces` is not current any more */
  readonly change: (name: string, change: EndpointChange) => Promise<Endpoint | undefined>
  /** By name. */
  readonly list: () => Promise<ReadonlyArray<Endpoint>>
}

/** What an endpoint's routing was. */
export interface EndpointHistory {
  /** Newest first. @throws `not-found` */
  readonly history: (name: string) => Promise<ReadonlyArray<EndpointRevision>>
}
