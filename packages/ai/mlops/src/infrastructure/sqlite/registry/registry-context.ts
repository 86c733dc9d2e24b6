import { type EventDraft, eventOf } from '../../../domain/events/mlops-event.ts'
import type { Database } from '../database.ts'
import { appendEvent } from '../outbox/append-event.ts'

/** What the registry's stores work with. */
export interface RegistryContext {
  readonly database: Database
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
  /**
   * Whether versions may point to any path of this machine. False by default: then a caller over the network cannot
   * make others read files that are not artifacts.
   */
  readonly allowLocalSources?: boolean
}

/** The tag that makes a registered model a prompt (MLflow's convention). */
export const PROMPT_TAG = 'mlflow.prompt.is_prompt'

/** Inside a write: adds an event about a registered model. */
export function emit(context: RegistryContext, draft: EventDraft): void {
  appendEvent(context.database, eventOf(draft, context))
}
