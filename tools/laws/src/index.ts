export { detectorLaws } from './detector-laws.ts'
export type { Case, DetectorLawOptions, DetectorUnderLaw, LawMatrix } from './detector-laws.ts'
export { freePort } from './free-port.ts'
export { nabNames, nabSeries } from './nab-series.ts'
export type { NabSeriesData } from './nab-series.ts'
export { postgresPrograms, runSql, startPostgres } from './postgres-server.ts'
export type { PostgresServer } from './postgres-server.ts'
export {
  adbench,
  adbenchNames,
  hasReferenceData,
  pyodFigures,
  referenceJson,
  referenceNote,
  standardized,
} from './reference-data.ts'
export type { LabelledSet, PyodFigures } from './reference-data.ts'
export { streamDetectorLaws } from './stream-detector-laws.ts'
export type {
  StreamAttributionUnderLaw,
  StreamDetectorLawOptions,
  StreamDetectorMaker,
  StreamDetectorUnderLaw,
} from './stream-detector-laws.ts'
export { scoreCalibratorLaws } from './score-calibrator-laws.ts'
export type { ScoreCalibratorMaker, ScoreCalibratorUnderLaw } from './score-calibrator-laws.ts'
