import type { TrackerSource } from '../ports/tracker-source.ts'
import type { TrackerTarget } from '../ports/tracker-target.ts'
import type { CopyContext } from './copy-context.ts'
import { copyExperiment } from './copy-experiment.ts'
import { copyRegisteredModel } from './copy-registry.ts'
import { type CopyReport, CopyTally } from './copy-report.ts'

/** What a copy needs. */
export interface CopyTrackerDeps {
  readonly source: TrackerSource
  readonly target: TrackerTarget
  /** Told before each experiment and registered model. */
  readonly onProgress?: (what: string) => void
  /** Ends the copy between two of them; what was copied stays, and the next copy goes on from there. */
  readonly signal?: AbortSignal
}

/**
 * Copies experiments, runs with their whole series, artifacts, logged models and the registry. Copying again adds only
 * what is new: copies carry the tags `nomaly.copy.id` and `nomaly.copy.state`. The target gives new ids to runs and
 * logged models, and what names them (parents, sources of versions) is renamed.
 */
export class CopyTracker {
  readonly #deps: CopyTrackerDeps

  constructor(deps: CopyTrackerDeps) {
    this.#deps = deps
  }

  /** Rejects where the source cannot be read or the target fails; what the target refuses is in the report. */
  async run(): Promise<CopyReport> {
    const { source, target, onProgress, signal } = this.#deps
    const context: CopyContext = {
      source,
      target,
      tally: new CopyTally(),
      runIds: new Map(),
      modelIds: new Map(),
      locations: new Map(),
    }
    for await (const experiment of source.experiments()) {
      signal?.throwIfAborted()
      onProgress?.(`experiment ${experiment.name}`)
      await noted(context.tally, `experiment ${experiment.name}`, () => copyExperiment(context, experiment))
    }
    for await (const model of source.registeredModels()) {
      signal?.throwIfAborted()
      onProgress?.(`registered model ${model.name}`)
      await noted(context.tally, `registered model ${model.name}`, () => copyRegisteredModel(context, model))
    }
    return context.tally.report(source.problems)
  }
}

async function noted(tally: CopyTally, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    tally.note(what, error)
  }
}
