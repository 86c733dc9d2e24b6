/**
 * A LIKE pattern as one of GLOB, which minds case as MLflow's LIKE does: `%` is `*`, `_` is `?`, and what GLOB would take
 * for its own stands for itself.
 */
export function globPatternOf(like: string): string {
  return like.replaceAll(/%+/g, '%').replaceAll(/[[*?]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?')
}
