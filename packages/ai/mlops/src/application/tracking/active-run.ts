import { checkRunBatch } from '../../domain/checks/run-batch.ts'
import type { DatasetInput } from '../../domain/dataset-input.ts'
import { MlopsError } from '../../domain/errors.ts'
import { limits } from '../../domain/limits.ts'
import type { LoggedModel } from '../../domain/logged-model.ts'
import type { Run, RunBatch, RunStatus } from '../../domain/run.ts'
import type { Tags } from '../../domain/tags.ts'
import type { ObservedRun } from '../ports/run-observer.ts'
import { type ArtifactContent, artifactPathOf, streamOf } from './artifact-content.ts'
import { RunBuffer } from './run-buffer.ts'
import { type MetricPlace, type ModelToLog, type ParamValue, paramText, reasonText } from './run-values.ts'
import type { TrackerDeps } from './tracker-deps.ts'

/**
 * An open run. What is logged is checked at once and sent in batches soon; `flush` and `end` resolve when the store has
 * it, and throw what it refused.
 */
export class ActiveRun implements ObservedRun {
  readonly id: string
  readonly experimentId: string
  readonly name: string
  readonly #deps: TrackerDeps
  readonly #buffer: RunBuffer
  readonly #artifactLocation: string
  #observers: ReadonlyArray<() => Promise<void>> = []
  #ended = false

  /** Not for callers: `ExperimentTracker.startRun` and `resumeRun` make runs. */
  constructor(run: Run, deps: TrackerDeps) {
    this.id = run.id
    this.experimentId = run.experimentId
    this.name = run.name
    this.#artifactLocation = run.artifactLocation
    this.#deps = deps
    this.#buffer = new RunBuffer({ log: deps.log.log, runId: run.id, flushAfterMs: deps.flushAfterMs ?? 50 })
  }

  /** Starts the tracker's observers. */
  async observe(): Promise<void> {
    const stops: Array<() => Promise<void>> = []
    this.#observers = stops
    for (const { observe } of this.#deps.observers ?? []) {
      const stop = await observe(this)
      if (stop !== undefined) stops.push(stop)
    }
  }

  /** @throws MlopsError `mlops/invalid-argument`; a change of a param that is there is refused by the next flush */
  logParam(key: string, value: ParamValue): void {
    this.#add({ params: [{ key, value: paramText(value) }] })
  }

  /** @throws MlopsError `mlops/invalid-argument` */
  logParams(params: Readonly<Record<string, ParamValue>>): void {
    for (const [key, value] of Object.entries(params)) this.logParam(key, value)
  }

  /** @throws MlopsError `mlops/invalid-argument` */
  logMetric(key: string, value: number, { step = 0, at, modelId, dataset }: MetricPlace = {}): void {
    const point = {
      key,
      value,
      step,
      at: at ?? this.#now(),
      ...(modelId === undefined ? {} : { modelId }),
      ...(dataset === undefined ? {} : { datasetName: dataset.name, datasetDigest: dataset.digest }),
    }
    this.#add({ metrics: [point] })
  }

  /** @throws MlopsError `mlops/invalid-argument` */
  logMetrics(values: Readonly<Record<string, number>>, place: MetricPlace = {}): void {
    const at = place.at ?? this.#now()
    for (const [key, value] of Object.entries(values)) this.logMetric(key, value, { ...place, at })
  }

  /** @throws MlopsError `mlops/invalid-argument` */
  setTag(key: string, value: string): void {
    this.#add({ tags: [{ key, value }] })
  }

  /** @throws MlopsError `mlops/invalid-argument` */
  setTags(tags: Tags): void {
    for (const [key, value] of Object.entries(tags)) this.setTag(key, value)
  }

  /** Sets the run's note: Markdown. */
  note(text: string): void {
    this.setTag('mlflow.note.content', text)
  }

  /** Stores a file of the run. @param path - relative to the run's root, joined by `/` */
  async logArtifact(path: string, content: ArtifactContent): Promise<void> {
    this.#refuseEnded()
    await this.#deps.artifacts.put(`${this.#pathOf(this.#artifactLocation)}/${path}`, streamOf(content))
  }

  /** Stores a text file of the run. */
  async logText(path: string, text: string): Promise<void> {
    await this.logArtifact(path, text)
  }

  /** Stores a value as a JSON file of the run. */
  async logJson(path: string, value: unknown): Promise<void> {
    await this.logArtifact(path, JSON.stringify(value, undefined, 2))
  }

  /** Links data that the run reads. @param context - what it is for: training, validation, ... */
  async logDataset(
    dataset: Partial<DatasetInput> & Pick<DatasetInput, 'name' | 'digest'>,
    context?: string,
  ): Promise<void> {
    this.#refuseEnded()
    const tags = { ...dataset.tags, ...(context === undefined ? {} : { 'mlflow.data.context': context }) }
    const whole = { sourceType: 'local', source: '', ...dataset, tags }
    await this.#deps.log.logInputs(this.id, { datasets: [whole] })
  }

  /** Stores a model with its files, ready to be registered. A file that cannot be stored leaves it UPLOAD_FAILED. */
  async logModel({ files, step = 0, ...model }: ModelToLog): Promise<LoggedModel> {
    this.#refuseEnded()
    const { loggedModels, log, artifacts } = this.#deps
    const { id, artifactLocation } = await loggedModels.create({
      ...model,
      experimentId: this.experimentId,
      sourceRunId: this.id,
    })
    try {
      await log.logOutputs(this.id, [{ modelId: id, step }])
      const root = this.#pathOf(artifactLocation)
      for (const [path, content] of Object.entries(files)) await artifacts.put(`${root}/${path}`, streamOf(content))
    } catch (error) {
      await loggedModels.change(id, { kind: 'finalize', status: 'UPLOAD_FAILED' })
      throw error
    }
    return loggedModels.change(id, { kind: 'finalize', status: 'READY' })
  }

  /** Resolves when the store has all that was logged. @throws what it refused; several as an AggregateError */
  async flush(): Promise<void> {
    await this.#buffer.flush()
  }

  /** Ends the run; again is harmless. The run is ended also where the store refused something, which is thrown then. */
  async end(status: Exclude<RunStatus, 'RUNNING' | 'SCHEDULED'> = 'FINISHED'): Promise<void> {
    if (this.#ended) return
    const failures: unknown[] = []
    const attempt = (work: () => Promise<unknown>): Promise<unknown> =>
      work().catch((error: unknown) => failures.push(error))
    for (const stop of this.#observers) await attempt(stop)
    this.#ended = true
    await attempt(() => this.#buffer.flush())
    await attempt(() => this.#deps.runs.change(this.id, { kind: 'update', status, endedAt: this.#now() }))
    if (failures.length > 1)
      throw new AggregateError(failures, `ending run ${this.id} failed in ${failures.length} ways`)
    if (failures.length === 1) throw failures[0]
  }

  /** Ends the run as FAILED. @param reason - kept in the tag `nomaly.error` */
  async fail(reason?: unknown): Promise<void> {
    if (!this.#ended && reason !== undefined)
      this.setTag('nomaly.error', reasonText(reason).slice(0, limits.runTagValue).toWellFormed())
    await this.end('FAILED')
  }

  /** Ends the run as FINISHED unless it has ended: for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end()
  }

  #add(batch: RunBatch): void {
    this.#refuseEnded()
    checkRunBatch(batch)
    this.#buffer.add(batch)
  }

  #refuseEnded(): void {
    if (!this.#ended) return
    throw new MlopsError('mlops/invalid-state', `the run '${this.id}' has ended here: resume it to log more`, {
      entity: 'run',
      key: this.id,
    })
  }

  #now(): number {
    return (this.#deps.now ?? Date.now)()
  }

  #pathOf(location: string): string {
    const path = artifactPathOf(location, this.#deps.artifactRoot ?? 'mlflow-artifacts:')
    if (path !== undefined) return path
    throw new MlopsError('mlops/not-supported', `artifacts of this run are kept elsewhere: ${location}`, { location })
  }
}
