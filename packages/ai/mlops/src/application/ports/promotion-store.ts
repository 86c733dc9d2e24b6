import type { Promotion } from '../../domain/registry/promotion.ts'

/** Keeps decisions about aliases, also refusals. */
export interface PromotionStore {
  /**
   * Records the decision and, unless it is a refusal, moves the alias to its version, in one go.
   * @throws `not-found` for model or version; `invalid-state` where the alias is not with `predecessor` any more
   */
  readonly record: (decision: Omit<Promotion, 'id' | 'at'>) => Promise<Promotion>
  /** Newest first; of all aliases when none is given. @throws `not-found` */
  readonly list: (name: string, alias?: string) => Promise<ReadonlyArray<Promotion>>
}
