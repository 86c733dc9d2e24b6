import { type Draw, chooseShadows, chooseVersion } from '../../domain/deployment/choose-version.ts'
import type { Endpoint } from '../../domain/deployment/endpoint.ts'
import type { Prediction } from '../../domain/deployment/prediction.ts'
import { invalidArgument } from '../../domain/refusals.ts'
import { within } from '../events/within.ts'
import type { EndpointStore } from '../ports/endpoint-store.ts'
import type { PredictorSource } from '../ports/predictor-source.ts'
import { EndpointCounts, type VersionCounts } from './endpoint-counts.ts'
import type { PredictionRecorder } from './prediction-recorder.ts'
import { PredictorPool } from './predictor-pool.ts'
import { type ShadowLimits, ShadowRunner } from './shadow-runner.ts'

/** What routing works with. */
export interface EndpointRouterDeps {
  readonly endpoints: Pick<EndpointStore, 'list'>
  readonly predictors: PredictorSource
  /** Where predictions go that are asked to be logged. */
  readonly recorder?: PredictionRecorder
  /** Epoch milliseconds; fractions are welcome. */
  readonly now: () => number
  readonly newId: () => string
  /** In [0, 1): deals predictions without a key. */
  readonly random: () => number
  readonly shadows?: ShadowLimits
  /** Told of faults that no caller sees, such as a predictor that does not close. */
  readonly onError: (error: unknown) => void
}

/** How a prediction is made. */
export interface PredictOptions {
  /** Equal keys get the same version as long as its share does not fall: a customer's id, for example. */
  readonly key?: string
  /** True: input and answer are stored with the version. */
  readonly log?: boolean
}

/** An answer, and who gave it. */
export interface Answer {
  readonly output: unknown
  readonly version: string
  /** The endpoint's revision. */
  readonly revision: number
  /** Of the prediction in the log, if it is logged. */
  readonly predictionId: string
}

/** Asks the version that an endpoint's routing chooses, and shows shadows what it was asked. */
export class EndpointRouter {
  readonly #deps: EndpointRouterDeps
  readonly #pool: PredictorPool
  readonly #shadows: ShadowRunner
  readonly #counts = new EndpointCounts()
  readonly #seen = new Map<string, number>()
  #closing: Promise<void> = Promise.resolve()

  constructor(deps: EndpointRouterDeps) {
    this.#deps = deps
    this.#pool = new PredictorPool(deps.predictors)
    this.#shadows = new ShadowRunner(deps.shadows)
  }

  /** The chosen version's answer. What it throws is thrown. */
  async predict(endpoint: Endpoint, input: unknown, { key, log = false }: PredictOptions): Promise<Answer> {
    const {
      name,
      current: { routing, revision },
    } = endpoint
    this.#closeReplaced(endpoint)
    const draw: Draw = key === undefined ? { random: this.#deps.random } : { key }
    const version = chooseVersion(routing, name, draw)
    const shadows = chooseShadows(routing, name, draw)
    // Both taken now: callers and predictors may change the input later.
    const call = {
      endpoint,
      ...(log ? { logged: { input: jsonOf(input) } } : {}),
      ...(key === undefined ? {} : { key }),
    }
    const shown = shadows.length === 0 ? undefined : clone(input)
    try {
      const { output, id } = await this.#ask(call, version, 'served', (model) => this.#pool.ask(model, version, input))
      return { output, version, revision, predictionId: id }
    } finally {
      for (const shadow of shadows) this.#shadows.run(() => this.#askShadow(call, shadow, shown))
    }
  }

  /** What each version did at the endpoint, in this process. */
  counts(name: string): ReadonlyArray<VersionCounts> {
    return this.#counts.of(name)
  }

  /** Inputs that shadows did not see because too many were under way. */
  get shadowsDropped(): number {
    return this.#shadows.dropped
  }

  /** Closes what a deleted endpoint had loaded. */
  async forget(name: string): Promise<void> {
    this.#seen.delete(name)
    await this.#closeIdle()
  }

  /** Waits for shadows, stores what waits to be logged, closes every predictor. */
  async close(): Promise<void> {
    await this.#shadows.settled()
    await this.#deps.recorder?.flush()
    await this.#closing
    await this.#pool.keepOnly(new Set())
  }

  async #ask(
    call: Call,
    version: string,
    role: 'served' | 'shadow',
    work: (model: string) => Promise<unknown>,
  ): Promise<{ readonly output: unknown; readonly id: string }> {
    const part = { id: this.#deps.newId(), version, role, at: this.#deps.now() }
    let output: unknown
    try {
      output = await work(call.endpoint.model)
    } catch (error) {
      await this.#record(call, { ...part, error: error instanceof Error ? error.message : String(error) })
      throw error
    }
    await this.#record(call, { ...part, output })
    return { output, id: part.id }
  }

  #askShadow(call: Call, version: string, shown: Clone | undefined): Promise<unknown> {
    const { timeoutMs = 30_000 } = this.#deps.shadows ?? {}
    return this.#ask(call, version, 'shadow', async (model) => {
      if (shown === undefined || 'error' in shown) throw shown?.error
      return within(timeoutMs, () => this.#pool.ask(model, version, structuredClone(shown.value)))
    })
  }

  async #record(
    { endpoint, key, logged }: Call,
    part: Pick<Prediction, 'id' | 'version' | 'role' | 'at' | 'output' | 'error'>,
  ): Promise<void> {
    const durationMs = this.#deps.now() - part.at
    this.#counts.add(endpoint.name, part.version, part.role, durationMs, part.error !== undefined)
    if (logged === undefined) return
    const { name, model, current } = endpoint
    const where = { endpoint: name, revision: current.revision, model, ...(key === undefined ? {} : { key }) }
    await this.#deps.recorder?.add({ ...part, ...where, at: Math.floor(part.at), durationMs, input: logged.input })
  }

  /** Whoever changed the routing, in this process or another: its next prediction here closes what it left. */
  #closeReplaced({ name, current: { revision } }: Endpoint): void {
    if (this.#seen.get(name) === revision) return
    const first = !this.#seen.has(name)
    this.#seen.set(name, revision)
    if (!first) this.#closing = this.#closing.then(() => this.#closeIdle())
  }

  /** Closes the predictors that no endpoint routes to any more. */
  async #closeIdle(): Promise<void> {
    try {
      const endpoints = await this.#deps.endpoints.list()
      const inUse = endpoints.flatMap(({ model, current: { routing } }) =>
        [...routing.targets, ...(routing.shadows ?? [])].map(({ version }) => `${model}/${version}`),
      )
      await this.#pool.keepOnly(new Set(inUse))
    } catch (error) {
      this.#deps.onError(error)
    }
  }
}

interface Call {
  readonly endpoint: Endpoint
  readonly key?: string
  /** Present when the prediction is to be logged. */
  readonly logged?: { readonly input: unknown }
}

type Clone = { readonly value: unknown } | { readonly error: unknown }

/** What cannot be cloned is the shadows' failure, not the caller's. */
function clone(input: unknown): Clone {
  try {
    return { value: structuredClone(input) }
  } catch (error) {
    return { error }
  }
}

function jsonOf(input: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(input) ?? 'null')
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw invalidArgument('input', `must be JSON to be logged: ${text}`)
  }
}
