/**
 * How long a fit will take, roughly: enough to tell the long ones from the short. Source of the idea: Y. Zhao, X. Hu, C. Cheng
 * et al. (2021), SUOD: Accelerating Large-Scale Unsupervised Heterogeneous Outlier Detection, section 3.5, where a random forest
 * forecasts costs of any model; here it is a power law for each detector, fitted to the processor times of its fit and
 * training scores on 2,000 and 8,000 rows of 5 to 60 normal columns (one thread, default parameters; Node 24, AMD EPYC).
 */

interface CostLaw {
  /** Milliseconds for 10,000 rows of 10 columns. */
  readonly ms: number
  /** The powers of the rows and of the columns by which they grow. */
  readonly rows: number
  readonly columns: number
  /** A parameter that they are proportional to, and its default. */
  readonly parameter?: readonly [name: string, usual: number]
}

const OTHERS: CostLaw = { ms: 3, rows: 1, columns: 1 } // ecod, copod, hbos, pca, gmm, mad, iqr, grubbs, gesd

const laws: Readonly<Record<string, CostLaw>> = {
  iforest: { ms: 20, rows: 0.7, columns: 0.1, parameter: ['nEstimators', 100] },
  eif: { ms: 130, rows: 0.6, columns: 0.7, parameter: ['nEstimators', 100] },
  inne: { ms: 30, rows: 0.8, columns: 0.7, parameter: ['nEstimators', 200] },
  loda: { ms: 6, rows: 1, columns: 0.3, parameter: ['nRandomCuts', 100] },
  feature_bagging: { ms: 900, rows: 1.3, columns: 1.1, parameter: ['nEstimators', 10] },
  auto_encoder: { ms: 600, rows: 1, columns: 0.7, parameter: ['epochNum', 10] },
  knn: { ms: 90, rows: 1.3, columns: 1.1 },
  lof: { ms: 120, rows: 1.3, columns: 1.1 },
  abod: { ms: 90, rows: 1.5, columns: 1.1 },
  cof: { ms: 130, rows: 1.3, columns: 1.1 },
  sod: { ms: 260, rows: 1.3, columns: 1 },
  kde: { ms: 400, rows: 2, columns: 0.7 },
  ocsvm: { ms: 900, rows: 2, columns: 0.4 },
  cblof: { ms: 270, rows: 1.2, columns: 0.9 },
  kmeans: { ms: 280, rows: 1.3, columns: 0.9 },
  mcd: { ms: 110, rows: 0.5, columns: 1.2 },
  dixon: { ms: 20, rows: 1.2, columns: 1 },
}

/** Milliseconds of one thread that a fit to so many rows is expected to take, with the training scores. */
export function expectedFitMs(
  { id, parameters }: { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> },
  { rows, columns }: { readonly rows: number; readonly columns: number },
): number {
  const law = laws[id] ?? OTHERS
  const { parameter } = law
  const chosen = parameter === undefined ? undefined : parameters[parameter[0]]
  const times = parameter !== undefined && typeof chosen === 'number' ? chosen / parameter[1] : 1
  return law.ms * (rows / 10_000) ** law.rows * (columns / 10) ** law.columns * times
}
