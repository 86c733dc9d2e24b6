import { isCombining } from './chosen-detector.ts'
import type { CombinationFlags } from './flags.ts'

/** What is measured: detectors by id, each with the parameters that differ from its defaults. */
export interface EvaluatedDetectors {
  readonly detectors: ReadonlyArray<string>
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** The same, and where `--combine`, `--unify` or `--weights` ask for it also the ensemble of all of them. */
export function withEnsemble(
  { detectors, parameters }: EvaluatedDetectors,
  flags: CombinationFlags,
): EvaluatedDetectors {
  if (!isCombining(flags)) return { detectors, parameters }
  const { combine, unify, weights } = flags
  const members = detectors.map((id) => ({ id, parameters: parameters[id] ?? {} }))
  const ensemble = { detectors: members, combine, unify, weights, ...parameters['ensemble'] }
  return { detectors: [...detectors, 'ensemble'], parameters: { ...parameters, ensemble } }
}
