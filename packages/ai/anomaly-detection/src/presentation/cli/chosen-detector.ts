/** What `--detector`, `--combine`, `--unify`, `--weights` and `--param` ask for: one detector, or several combined. */
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { CombinationFlags, DetectorFlags } from './flags.ts'

/** A detector of the catalogue, `ensemble` or `auto`, by id. */
export interface ChosenDetector {
  readonly detector: string | undefined
  readonly parameters: Readonly<Record<string, unknown>> | undefined
}

/**
 * @param text - an id, or ids separated by commas; undefined for the default detector
 * @param contamination - the share by which the scores are cut, where they are
 * @throws AnomalyDetectionError `invalid-options` for a parameter of a detector that is not among them
 */
export function chosenDetector(
  text: string | undefined,
  flags: Pick<DetectorFlags, 'param' | keyof CombinationFlags>,
  contamination: number | undefined,
): ChosenDetector {
  const ids = (text ?? 'iforest').split(',').map((id) => id.trim())
  if (ids.length === 1 && !isCombining(flags)) return { detector: text, parameters: flags.param }
  const { combine, unify, weights } = flags
  const { own, ofMember } = partedParameters(flags.param ?? {}, ids)
  return {
    detector: 'ensemble',
    parameters: {
      ...(ids.length === 1 && ids[0] === 'ensemble'
        ? {}
        : { detectors: ids.map((id) => ({ id, parameters: ofMember.get(id) ?? {} })) }),
      combine,
      unify,
      weights,
      contamination: combine === 'vote' ? contamination : undefined,
      ...own,
    },
  }
}

/** Whether several detectors are to be combined, whatever their names. */
export function isCombining({ combine, unify, weights }: CombinationFlags): boolean {
  return combine !== undefined || unify !== undefined || weights !== undefined
}

interface PartedParameters {
  /** Of the ensemble itself: `name=value`. */
  readonly own: Readonly<Record<string, unknown>>
  /** Of its members: `id.name=value`. */
  readonly ofMember: ReadonlyMap<string, Readonly<Record<string, unknown>>>
}

function partedParameters(flat: Readonly<Record<string, unknown>>, ids: ReadonlyArray<string>): PartedParameters {
  const own: Record<string, unknown> = {}
  const ofMember = new Map<string, Record<string, unknown>>()
  for (const [key, value] of Object.entries(flat)) {
    const at = key.indexOf('.')
    const [id, name] = [key.slice(0, Math.max(at, 0)), key.slice(at + 1)]
    if (at < 0) own[name] = value
    else if (ids.includes(id)) ofMember.set(id, { ...ofMember.get(id), [name]: value })
    else {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-options',
        `--param ${key}: '${id}' is not among the detectors ${ids.join(', ')}`,
        { parameter: key, detectors: ids },
      )
    }
  }
  return { own, ofMember }
}
