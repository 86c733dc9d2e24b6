import type { Endpoint, EndpointRevision, NewEndpoint, Routing } from '../../domain/deployment/endpoint.ts'
import { checkRouting } from '../../domain/deployment/routing.ts'
import { MlopsError } from '../../domain/errors.ts'
import { notFound } from '../../domain/refusals.ts'
import type { EndpointHistory, EndpointStore } from '../ports/endpoint-store.ts'
import type { ModelVersionStore } from '../ports/model-version-store.ts'
import type { VersionCounts } from './endpoint-counts.ts'
import { type Answer, EndpointRouter, type EndpointRouterDeps, type PredictOptions } from './endpoint-router.ts'

/** What deployments work with. */
export interface DeploymentsDeps extends EndpointRouterDeps {
  readonly endpoints: EndpointStore & EndpointHistory
  readonly modelVersions: Pick<ModelVersionStore, 'find'>
}

/** Why and by whom a routing is changed. */
export interface RouteTerms {
  readonly by?: string
  readonly reason?: string
}

/** Endpoints whose traffic is dealt among versions in this process: canary, shadow, A/B. */
export class Deployments {
  readonly #deps: DeploymentsDeps
  readonly #router: EndpointRouter

  constructor(deps: DeploymentsDeps) {
    this.#deps = deps
    this.#router = new EndpointRouter(deps)
  }

  /** @throws MlopsError `mlops/already-exists`, `mlops/invalid-argument`, `mlops/not-found` for a version that is not registered */
  async create(endpoint: NewEndpoint): Promise<Endpoint> {
    await this.#checkVersions(endpoint.model, endpoint.routing)
    return this.#deps.endpoints.create(endpoint)
  }

  /** Undefined when there is none. */
  find(name: string): Promise<Endpoint | undefined> {
    return this.#deps.endpoints.find(name)
  }

  /** By name. */
  list(): Promise<ReadonlyArray<Endpoint>> {
    return this.#deps.endpoints.list()
  }

  /** Every routing that the endpoint had, newest first. @throws MlopsError `mlops/not-found` */
  history(name: string): Promise<ReadonlyArray<EndpointRevision>> {
    return this.#deps.endpoints.history(name)
  }

  /** Deals the traffic anew from the next prediction on. @throws MlopsError `mlops/not-found`, `mlops/invalid-argument` */
  async route(name: string, routing: Routing, { by = '', reason = '' }: RouteTerms = {}): Promise<Endpoint> {
    const { model, current } = await this.#existing(name)
    await this.#checkVersions(model, routing)
    const replaces = current.revision
    return this.#change(name, { kind: 'route', routing, replaces, requestedBy: by, reason })
  }

  /**
   * Brings back the routing before the current one, or the named revision's; again goes one further back.
   * @throws MlopsError `mlops/invalid-state` when there is none before, `mlops/not-found` for a revision that is not there
   */
  async rollBack(
    name: string,
    { by = '', reason = '', to }: RouteTerms & { readonly to?: number } = {},
  ): Promise<Endpoint> {
    const { current } = await this.#existing(name)
    const history = await this.#deps.endpoints.history(name)
    const wanted = to ?? (current.restoredFrom ?? current.revision) - 1
    const target = history.find(({ revision }) => revision === wanted)
    if (target === undefined && to !== undefined) throw notFound('deployment', `${name}/${to}`)
    if (target === undefined)
      throw new MlopsError('mlops/invalid-state', `the endpoint '${name}' had no routing before this one`, {
        entity: 'endpoint',
        key: name,
      })
    return this.#change(name, {
      kind: 'route',
      routing: target.routing,
      replaces: current.revision,
      restoredFrom: target.restoredFrom ?? target.revision,
      requestedBy: by,
      reason,
    })
  }

  /** @throws MlopsError `mlops/not-found` */
  async delete(name: string): Promise<void> {
    await this.#deps.endpoints.change(name, { kind: 'delete' })
    await this.#router.forget(name)
  }

  /**
   * Asks the version that the routing chooses; shadows see the input once the answer is there. What the version throws
   * is thrown. @throws MlopsError `mlops/not-found` for the endpoint, `mlops/invalid-argument` for an input to be logged
   * that is no JSON
   */
  async predict(name: string, input: unknown, options: PredictOptions = {}): Promise<Answer> {
    return this.#router.predict(await this.#existing(name), input, options)
  }

  /** What each version did at the endpoint, in this process. */
  counts(name: string): ReadonlyArray<VersionCounts> {
    return this.#router.counts(name)
  }

  /** Inputs that shadows did not see because too many were under way. */
  get shadowsDropped(): number {
    return this.#router.shadowsDropped
  }

  /** Waits for shadows, stores what waits to be logged, closes every predictor. */
  close(): Promise<void> {
    return this.#router.close()
  }

  async #change(name: string, change: Parameters<EndpointStore['change']>[1]): Promise<Endpoint> {
    const changed = await this.#deps.endpoints.change(name, change)
    if (changed === undefined) throw notFound('endpoint', name)
    return changed
  }

  async #checkVersions(model: string, routing: Routing): Promise<void> {
    checkRouting(routing)
    for (const { version } of [...routing.targets, ...(routing.shadows ?? [])])
      if ((await this.#deps.modelVersions.find(model, version)) === undefined)
        throw notFound('model version', `${model}/${version}`, { name: model, version })
  }

  async #existing(name: string): Promise<Endpoint> {
    const endpoint = await this.#deps.endpoints.find(name)
    if (endpoint === undefined) throw notFound('endpoint', name)
    return endpoint
  }
}
