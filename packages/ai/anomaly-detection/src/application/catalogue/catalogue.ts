import { AnomalyDetectionError } from '../../domain/errors.ts'
import { AUTO, configureAuto, describeAuto } from '../ensemble/auto.ts'
import { configureEnsemble, describeEnsemble, ENSEMBLE } from '../ensemble/ensemble.ts'
import { abodEntry } from './abod.ts'
import { autoEncoderEntry } from './auto-encoder.ts'
import type { CatalogueEntry, ConfiguredDetector, DetectorDescription } from './catalogue-entry.ts'
import { cblofEntry } from './cblof.ts'
import { cofEntry } from './cof.ts'
import { copodEntry } from './copod.ts'
import { dixonEntry } from './dixon.ts'
import { ecodEntry } from './ecod.ts'
import { eifEntry } from './eif.ts'
import { featureBaggingEntry } from './feature-bagging.ts'
import { gesdEntry } from './gesd.ts'
import { gmmEntry } from './gmm.ts'
import { grubbsEntry } from './grubbs.ts'
import { hbosEntry } from './hbos.ts'
import { iforestEntry } from './iforest.ts'
import { inneEntry } from './inne.ts'
import { iqrEntry } from './iqr.ts'
import { kdeEntry } from './kde.ts'
import { kmeansEntry } from './kmeans.ts'
import { knnEntry } from './knn.ts'
import { lodaEntry } from './loda.ts'
import { lofEntry } from './lof.ts'
import { madEntry } from './mad.ts'
import { mcdEntry } from './mcd.ts'
import { ocsvmEntry } from './ocsvm.ts'
import { pcaEntry } from './pca.ts'
import { sodEntry } from './sod.ts'

/** The id of a detector, as in PyOD, in lower case. */
export type DetectorId =
  | 'iforest'
  | 'ecod'
  | 'copod'
  | 'hbos'
  | 'knn'
  | 'lof'
  | 'pca'
  | 'inne'
  | 'loda'
  | 'kde'
  | 'cblof'
  | 'kmeans'
  | 'gmm'
  | 'mcd'
  | 'abod'
  | 'ocsvm'
  | 'mad'
  | 'iqr'
  | 'cof'
  | 'sod'
  | 'eif'
  | 'feature_bagging'
  | 'grubbs'
  | 'gesd'
  | 'dixon'
  | 'auto_encoder'

const entries: Readonly<Record<DetectorId, CatalogueEntry>> = {
  iforest: iforestEntry,
  ecod: ecodEntry,
  copod: copodEntry,
  hbos: hbosEntry,
  knn: knnEntry,
  lof: lofEntry,
  pca: pcaEntry,
  inne: inneEntry,
  loda: lodaEntry,
  kde: kdeEntry,
  cblof: cblofEntry,
  kmeans: kmeansEntry,
  gmm: gmmEntry,
  mcd: mcdEntry,
  abod: abodEntry,
  ocsvm: ocsvmEntry,
  mad: madEntry,
  iqr: iqrEntry,
  cof: cofEntry,
  sod: sodEntry,
  eif: eifEntry,
  feature_bagging: featureBaggingEntry,
  grubbs: grubbsEntry,
  gesd: gesdEntry,
  dixon: dixonEntry,
  auto_encoder: autoEncoderEntry,
}

/** The ids of all detectors, the first choice first. */
export const detectorIds: ReadonlyArray<DetectorId> = Object.keys(entries) as DetectorId[] // the keys of the literal above

/** The detectors that a data set of so many rows can be given without waiting for minutes on one of them. */
export function detectorsFor(rows: number): ReadonlyArray<DetectorId> {
  return detectorIds.filter((id) => rows <= (entries[id].practicalRows ?? Infinity))
}

/** Describes every detector: what it does, what it costs, and its parameters as JSON Schema. */
export function describeDetectors(): ReadonlyArray<DetectorDescription> {
  return Object.values(entries).map((entry) => entry.description)
}

/** Describes what is made of several detectors: `ensemble` combines them, `auto` chooses among them. */
export function describeEnsembles(): ReadonlyArray<DetectorDescription> {
  return [describeEnsemble(), describeAuto()]
}

/**
 * A detector with its parameters chosen.
 * @param id - a detector's, or `ensemble` or `auto`
 * @param parameters - those that differ from the defaults, see `describeDetectors` and `describeEnsembles`
 * @throws AnomalyDetectionError `unknown-detector` listing those there are, `invalid-parameters` naming each bad one
 */
export function configureDetector(id: string, parameters: unknown = {}): ConfiguredDetector {
  if (id === ENSEMBLE) return configureEnsemble(parameters, configureSingle)
  if (id === AUTO) return configureAuto(parameters, configureSingle)
  return configureSingle(id, parameters)
}

/** As `configureDetector`, of one detector: `ensemble` and `auto`, which are made of several, are unknown. */
export function configureSingle(id: string, parameters: unknown): ConfiguredDetector {
  if (Object.hasOwn(entries, id)) return entries[id as DetectorId].configure(parameters)
  throw new AnomalyDetectionError(
    'anomaly-detection/unknown-detector',
    `there is no detector '${id}'; there are: ${detectorIds.join(', ')}`,
    { detector: id, known: detectorIds },
  )
}
