/** All methods, those that are exact and cheap first. */
export const EXPLANATION_METHODS: readonly ['tree-shap', 'contributions', 'kernel-shap', 'lime', 'permutation'] = [
  'tree-shap',
  'contributions',
  'kernel-shap',
  'lime',
  'permutation',
]
