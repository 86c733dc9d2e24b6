/** How the time to fit and score n rows grows with n, by each algorithm's own count of operations. */
export interface ExpectedGrowth {
  readonly text: string
  /** The largest exponent that agrees with it, constant work and caches apart. */
  readonly most: number
}

const linear: ExpectedGrowth = { text: 'n', most: 1 }
const sorting: ExpectedGrowth = { text: 'n log n', most: 1.1 }
const tree: ExpectedGrowth = { text: 'n log n with few columns, n^2 with many', most: 2 }
const pairs: ExpectedGrowth = { text: 'n^2', most: 2 }

/** What is known, by detector. */
export const expectedGrowth: Readonly<Record<string, ExpectedGrowth>> = {
  iforest: linear,
  eif: linear,
  inne: linear,
  hbos: linear,
  loda: linear,
  pca: linear,
  gmm: linear,
  kmeans: linear,
  cblof: linear,
  mcd: linear,
  auto_encoder: linear,
  mad: linear,
  iqr: linear,
  grubbs: linear,
  gesd: linear,
  dixon: sorting,
  ecod: sorting,
  copod: sorting,
  knn: tree,
  lof: tree,
  cof: tree,
  abod: tree,
  sod: tree,
  feature_bagging: tree,
  kde: pairs,
  ocsvm: { text: 'n^2 to n^3', most: 3 },
}
