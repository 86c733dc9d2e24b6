/**
 * Which of several detectors to trust, without labels: the one whose ranking of the rows agrees best with the others'.
 * Sound detectors err in different ways and so agree where they are right; one that looks at the wrong thing agrees with
 * none. It fails where most of the detectors are wrong together.
 * Source: M. Ma, Y. Zhao, X. Zhang, L. Akoglu (2023), The Need for Unsupervised Outlier Model Selection, section 3.2: model
 * centrality (MC), after Z. Lin, K. Thekumparampil, G. Fanti, S. Oh (2020), InfoGAN-CR and ModelCentrality. They correlate by
 * Kendall's tau; Spearman's rho orders the detectors nearly alike in n log n instead of n^2.
 */
import { rankCorrelation, standardRanks } from './rank-correlation.ts'

/**
 * @param scores - of each detector for the same rows, each of shape (n), higher is more anomalous, on any scale
 * @returns shape (detectors): the mean Spearman correlation with the other detectors, in [-1, 1]; 0 for a single one and for
 *   scores that are all alike
 */
export function modelCentrality(scores: ReadonlyArray<Float64Array>): Float64Array {
  const ranks = scores.map(standardRanks)
  const centrality = new Float64Array(scores.length)
  for (let a = 0; a < ranks.length; a++) {
    for (let b = 0; b < a; b++) {
      const correlation = rankCorrelation(ranks[a] as Float64Array, ranks[b] as Float64Array) / (ranks.length - 1)
      centrality[a] = (centrality[a] as number) + correlation
      centrality[b] = (centrality[b] as number) + correlation
    }
  }
  return centrality
}
