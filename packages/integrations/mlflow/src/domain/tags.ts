/** Free text by key. Limits per kind of thing stand in `limits.ts`. */
export type Tags = Readonly<Record<string, string>>

/** Whether a thing is in use or softly deleted; a deleted one can be restored until it is purged. */
export type LifecycleStage = 'active' | 'deleted'
