import { referenceJson } from '@nomaly/tool-laws'
import { z } from 'zod'

/** PyOD's ROC-AUC of a detector on a set; `sd` over seeds, 0 where nothing is random. */
export interface ReferenceAuc {
  readonly auc: number
  readonly sd: number
  /** Rows that PyOD itself gives no finite score: with any, its figure is nothing to agree with. */
  readonly nonFinite: number
}

/** PyOD's names of what we compare: neighbours by the largest of five distances, 20 for LOF, all else as PyOD has it. */
const nameInReference: Readonly<Record<string, string>> = {
  iforest: 'IForest',
  ecod: 'ECOD',
  copod: 'COPOD',
  hbos: 'HBOS',
  pca: 'PCA',
  loda: 'LODA',
  inne: 'INNE',
  knn: 'KNN',
  lof: 'LOF',
  abod: 'ABOD',
  kde: 'KDE',
}

const measured = z.object({
  status: z.literal('ok'),
  auc: z.number(),
  auc_std: z.number().default(0),
  nonfinite_scores: z.number().default(0),
})
const entry = z.union([measured, z.object({ status: z.string() })])
const schema = z.object({
  datasets: z.record(z.string(), z.object({ n: z.number(), algos: z.record(z.string(), entry) })),
})

/** The reference figures, by set and detector id. */
export class Reference {
  readonly #datasets: z.infer<typeof schema>['datasets']

  constructor() {
    this.#datasets = schema.parse(referenceJson('adbench_pyod.json')).datasets
  }

  /** Ids of the detectors it has figures for. */
  readonly detectors: ReadonlyArray<string> = Object.keys(nameInReference)

  /** Rows of a set. @throws Error where the reference does not know the set */
  rows(set: string): number {
    const dataset = this.#datasets[set]
    if (dataset === undefined) throw new Error(`the reference figures have no set '${set}'`)
    return dataset.n
  }

  /** Nothing where PyOD was not run, or did not finish. */
  auc(set: string, detector: string): ReferenceAuc | undefined {
    const found = this.#datasets[set]?.algos[nameInReference[detector] ?? '']
    return found && 'auc' in found
      ? { auc: found.auc, sd: found.auc_std, nonFinite: found.nonfinite_scores }
      : undefined
  }
}
