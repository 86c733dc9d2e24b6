import type { StreamDriftOptions, StreamingOptions } from '../../application/streaming/streaming-options.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { CommandSettings } from './command-context.ts'
import type { WatchFlags } from './watch-flags.ts'

/** What to score with: flags before settings. @throws AnomalyDetectionError `invalid-options` */
export function streamingOptionsOf(flags: WatchFlags, settings: CommandSettings): StreamingOptions {
  const { columns, value, detector, param, time } = flags
  if (columns !== undefined && value !== undefined) throw wrong('--value and --columns: give one of them')
  if (param !== undefined && detector === undefined) throw wrong('--param is about a detector: name it with --detector')
  for (const [flag, given] of [['--lateness', flags.lateness] as const, ['--step', flags.step] as const]) {
    if (given !== undefined && time === undefined) throw wrong(`${flag} needs the field of the time: give --time`)
  }
  return {
    features: value === undefined ? columns : [value],
    key: flags.key,
    time,
    timeUnit: 'auto',
    detector: detector === undefined ? undefined : { id: detector, parameters: param },
    calibrator: flags.calibrator,
    threshold: flags.threshold,
    falseAlarms: flags.falseAlarms,
    contamination: flags.contamination,
    missing: flags.missing,
    order: flags.lateness === undefined ? undefined : { latenessMs: flags.lateness },
    resample: flags.step === undefined ? undefined : { stepMs: flags.step },
    drift: driftOptionsOf(flags),
    liveKeys: flags.liveKeys,
    seed: flags.seed ?? settings.seed,
  }
}

function driftOptionsOf({ drift, driftIn, onDrift }: WatchFlags): StreamDriftOptions | false {
  const isAsked = driftIn !== undefined || onDrift !== undefined
  if (drift === undefined && !isAsked) return false
  if (drift !== 'none') return { detector: drift, watch: driftIn, policy: onDrift }
  if (!isAsked) return false
  throw wrong('--drift none watches for no drift: leave out --drift-in and --on-drift')
}

function wrong(message: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/invalid-options', message)
}
