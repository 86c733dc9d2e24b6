import { z } from 'zod'

import type { DetectorSelection } from '../../domain/combination/detector-selection.ts'
import { modelCentrality } from '../../domain/combination/model-centrality.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { sampleWithoutReplacement } from '../../domain/numeric/sample.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import type {
  ConfiguredDetector,
  DetectorDescription,
  FitOptions,
  FreshlyFittedDetector,
} from '../catalogue/catalogue-entry.ts'
import { parseBySchema } from '../parse-options.ts'
import { type ConfigureMember, type MemberChoice, memberList, memberSeed } from './member-list.ts'

/** The id under which the choice is asked for; what is fitted and stored is the detector that was chosen. */
export const AUTO = 'auto'

// Of each family those that stay affordable on many rows, as the one that is chosen is fitted to all of them.
const CANDIDATES = ['iforest', 'ecod', 'copod', 'hbos', 'knn', 'lof', 'pca', 'inne', 'loda', 'cblof', 'gmm']

interface AutoParameters {
  readonly candidates: ReadonlyArray<MemberChoice>
  readonly sampleRows: number
}

const schema = z.strictObject({
  candidates: memberList(3, CANDIDATES),
  sampleRows: z
    .int()
    .min(50)
    .max(1_000_000)
    .default(2000)
    .describe('rows that the candidates are compared on, at most'),
}) satisfies z.ZodType<AutoParameters>

/** What people are told of the choice, as of any detector. */
export function describeAuto(): DetectorDescription {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' })
  return {
    id: AUTO,
    name: 'Automatic choice',
    summary: 'Chooses a detector without labels: the one whose ranking agrees best with those of the others.',
    cost: { fit: 'its candidates on sampleRows rows, then the chosen one', score: 'the chosen one' },
    random: true,
    practicalRows: null,
    source: 'Ma, Zhao, Zhang, Akoglu (2023), The Need for Unsupervised Outlier Model Selection (model centrality)',
    parameters,
  }
}

/**
 * Chooses a detector for the data at hand, without labels, and fits it: see `modelCentrality`. What comes of a fit is the
 * chosen detector under its own id, with `selection` telling why; the choice itself is never stored.
 * @throws AnomalyDetectionError `invalid-parameters`, `unknown-detector`
 */
export function configureAuto(input: unknown, configureMember: ConfigureMember): ConfiguredDetector {
  const what = `parameters of ${AUTO}`
  const { candidates, sampleRows } = parseBySchema(schema, input ?? {}, 'anomaly-detection/invalid-parameters', what)
  const detectors = candidates.map(({ id, parameters }) => configureMember(id, parameters))
  return {
    id: AUTO,
    parameters: { candidates: detectors.map(({ id, parameters }) => ({ id, parameters })), sampleRows },
    fit: (x, options) => choose(detectors, sampleRows, x, options),
    restore: () => {
      throw new AnomalyDetectionError(
        'anomaly-detection/corrupt-model',
        `${AUTO} is never stored: a model names the detector that was chosen`,
      )
    },
  }
}

function choose(
  detectors: ReadonlyArray<ConfiguredDetector>,
  sampleRows: number,
  x: Matrix,
  { seed = 0, signal }: FitOptions = {},
): FreshlyFittedDetector {
  const sample = sampleOf(x, sampleRows, seed)
  const scores = detectors.map((detector, i) =>
    detector.fit(sample, { seed: memberSeed(seed, i), signal }).trainingScores(),
  )
  const centrality = modelCentrality(scores)
  const order = detectors
    .map((_, i) => i)
    .sort((a, b) => (centrality[b] as number) - (centrality[a] as number) || a - b)
  const best = detectors[order[0] as number] as ConfiguredDetector // there are at least three
  const selection: DetectorSelection = {
    chosen: best.id,
    rows: sample.rows,
    candidates: order.map((i) => ({
      id: (detectors[i] as ConfiguredDetector).id,
      centrality: centrality[i] as number,
    })),
  }
  return { ...best.fit(x, { seed, signal }), selection }
}

// A shape that the data do not have is left to the first detector to refuse.
function sampleOf(x: Matrix, sampleRows: number, seed: number): Matrix {
  if (x.rows <= sampleRows || !Number.isSafeInteger(seed)) return x
  const { columns } = x
  const rows = sampleWithoutReplacement(x.rows, sampleRows, seededRandom(seed)).sort()
  const data = new Float64Array(rows.length * columns)
  for (const [to, from] of rows.entries()) data.set(x.data.subarray(from * columns, (from + 1) * columns), to * columns)
  return { data, rows: rows.length, columns }
}
