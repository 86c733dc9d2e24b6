import { basename } from 'node:path'

import type { KeptFit, TrackedEvaluation } from '@nomaly/ai-anomaly-detection/cli'
import type { ExperimentTracker } from '@nomaly/ai-mlops'

import { DEFAULT_EXPERIMENT } from './track-fit.ts'

/** Keeps an evaluation as a run, and within it a run for each detector and file with its figures as metrics. */
export async function trackEvaluation(
  { experiment = DEFAULT_EXPERIMENT, startedAt, files }: TrackedEvaluation,
  tracker: ExperimentTracker,
): Promise<Omit<KeptFit, 'version'>> {
  const names = files.map(({ path }) => basename(path))
  return tracker.run({ experiment, name: `evaluate ${names.join(' ')}`.slice(0, 250) }, async (parent) => {
    parent.logParam('files', files.length)
    parent.logMetric('seconds', (Date.now() - startedAt) / 1000)
    for (const { path, evaluations } of files) {
      for (const { detector, ...figures } of evaluations) {
        await tracker.run({ parent, name: `${detector} on ${basename(path)}` }, (run) => {
          run.logParams({ detector, source: path })
          for (const [key, value] of Object.entries(figures)) if (value !== null) run.logMetric(key, value)
        })
      }
    }
    return { experiment, runId: parent.id }
  })
}
