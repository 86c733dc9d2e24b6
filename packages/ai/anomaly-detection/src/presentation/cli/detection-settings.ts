import { configureDetector } from '../../application/catalogue/catalogue.ts'
import { type DetectionOptions, parseDetectionOptions } from '../../application/detection-options.ts'
import { chosenDetector } from './chosen-detector.ts'
import type { CommandSettings } from './command-context.ts'
import type { DetectorFlags } from './flags.ts'
import { isStacking, SOME_OF_EACH } from './known-rows.ts'

/**
 * What to detect with: flags before settings. Refuses a wrong detector or parameter before a large file is read.
 * What `--combine stack` learns from is not among them: see `withKnownRows`.
 * @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters`, `invalid-options`
 */
export function detectionOptionsOf(flags: DetectorFlags, settings: CommandSettings): Omit<DetectionOptions, 'signal'> {
  const isCutByFlag = flags.contamination !== undefined || flags.threshold !== undefined
  const contamination = isCutByFlag ? flags.contamination : settings.contamination
  const options = {
    ...chosenDetector(flags.detector ?? settings.detector, flags, contamination),
    contamination,
    threshold: flags.threshold,
    seed: flags.seed ?? settings.seed,
  }
  const { detector, parameters } = parseDetectionOptions(options)
  configureDetector(detector, isStacking(flags) ? { ...parameters, labels: SOME_OF_EACH } : parameters)
  return options
}
