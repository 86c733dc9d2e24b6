import type { DetectionCommandContext } from './command-context.ts'
import type { DetectFlags } from './command-flags.ts'
import { detectionOptionsOf } from './detection-settings.ts'
import { printDetection } from './print-detection.ts'
import { readFile } from './read-file.ts'

/** Runs `detect FILE`. */
export async function runDetect(path: string, flags: DetectFlags, context: DetectionCommandContext): Promise<void> {
  const settings = await context.settings()
  const options = detectionOptionsOf(flags, settings)
  const work = await context.work(flags)
  const { dataset, labels } = await readFile(path, flags, context)
  context.progress(
    `${flags.detector ?? settings.detector ?? 'iforest'} on ${dataset.rows.toLocaleString('en-US')} rows`,
  )
  const detected = await work.detect(dataset, { ...options, standardize: flags.standardize, labels })
  context.progress(undefined)
  await printDetection(detected, { labels }, flags, { format: flags.format, file: flags.output }, context)
}
