/** A model version that answers. */
export interface Predictor {
  /** The answer, at once or later. A rejection or a throw is a failed prediction. */
  readonly predict: (input: unknown) => unknown
  /** Gives back what the predictor holds; called once nobody is routed to it any more. */
  readonly close?: () => Promise<void> | void
}

/** Makes predictors of registered versions. */
export interface PredictorSource {
  /** Called when the version gets its first input; again after a rejection. */
  readonly load: (version: { readonly name: string; readonly version: string }) => Promise<Predictor>
}
