import { AnomalyDetectionError } from '../../domain/errors.ts'
import { eifRecipe, iforestRecipe } from '../../domain/onnx/graphs/forest.ts'
import { gmmRecipe, mcdRecipe, pcaRecipe } from '../../domain/onnx/graphs/linear.ts'
import { lodaRecipe } from '../../domain/onnx/graphs/loda.ts'
import { kdeRecipe, knnRecipe, lofRecipe } from '../../domain/onnx/graphs/neighbours.ts'
import { cblofRecipe, inneRecipe, ocsvmRecipe } from '../../domain/onnx/graphs/prototypes.ts'
import { copodRecipe, ecodRecipe, hbosRecipe } from '../../domain/onnx/graphs/steps.ts'
import type { OnnxRecipe } from '../../domain/onnx/recipe.ts'

const recipes: Readonly<Record<string, OnnxRecipe<unknown>>> = {
  iforest: erased(iforestRecipe),
  eif: erased(eifRecipe),
  ecod: erased(ecodRecipe),
  copod: erased(copodRecipe),
  hbos: erased(hbosRecipe),
  pca: erased(pcaRecipe),
  mcd: erased(mcdRecipe),
  loda: erased(lodaRecipe),
  gmm: erased(gmmRecipe),
  kde: erased(kdeRecipe),
  knn: erased(knnRecipe),
  lof: erased(lofRecipe),
  ocsvm: erased(ocsvmRecipe),
  cblof: erased(cblofRecipe),
  inne: erased(inneRecipe),
}

/** The detectors whose models can be exported. */
export const onnxDetectorIds: ReadonlyArray<string> = Object.keys(recipes)

/**
 * How models of a detector become ONNX graphs. It is to be given states that this very detector's `restore` has read.
 * @throws AnomalyDetectionError `onnx-not-expressible` listing the detectors that can be exported
 */
export function recipeOf(detector: string): OnnxRecipe<unknown> {
  const recipe = Object.hasOwn(recipes, detector) ? recipes[detector] : undefined
  if (recipe !== undefined) return recipe
  throw new AnomalyDetectionError(
    'anomaly-detection/onnx-not-expressible',
    `a model of '${detector}' cannot be written as ONNX; these can: ${onnxDetectorIds.join(', ')}`,
    { detector, expressible: onnxDetectorIds },
  )
}

// States reach a recipe under its detector's id only, read by that detector's own schema.
function erased<State>(recipe: OnnxRecipe<State>): OnnxRecipe<unknown> {
  return recipe as OnnxRecipe<unknown>
}
