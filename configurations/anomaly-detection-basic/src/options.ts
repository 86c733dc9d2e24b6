import { type EventPublisher, MOST_THREADS } from '@nomaly/ai-anomaly-detection'
import { z } from 'zod'

/** What the configuration can be told. */
export interface BasicAnomalyDetectionOptions {
  /** The folder that everything is kept under; models lie in its subfolder `models`. Made when first needed. */
  readonly dataPath: string
  /**
   * Threads that share work which is long enough to be worth it, beside the calling one: a whole number from 1 to 128. The
   * results are the same on any number, to the last bit. Default 1: everything on the calling thread.
   */
  readonly threads?: number | undefined
  /** Takes the events; default: a memory of the last thousand. */
  readonly events?: EventPublisher | undefined
  /** Of the program, kept with each result. */
  readonly version?: string | undefined
}

/** Options with every default filled in. */
export interface ResolvedBasicAnomalyDetectionOptions extends BasicAnomalyDetectionOptions {
  readonly threads: number
}

const schema = z.strictObject({
  dataPath: z.string().min(1, 'must name a folder'),
  threads: z.int().min(1).max(MOST_THREADS).default(1),
  events: z
    .custom<EventPublisher>(
      (value) =>
        typeof value === 'object' && value !== null && 'publish' in value && typeof value.publish === 'function',
      'must have a function publish',
    )
    .optional(),
  version: z.string().max(64).optional(),
}) satisfies z.ZodType<ResolvedBasicAnomalyDetectionOptions>

/** Thrown when options cannot be read. `details.issues` says where and why. */
export class BasicAnomalyDetectionConfigurationError extends Error {
  override readonly name: string = 'BasicAnomalyDetectionConfigurationError'
  readonly code = 'configuration-anomaly-detection-basic/invalid-options' as const
  readonly details: Readonly<Record<string, unknown>>

  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.details = details
  }
}

/**
 * Reads untrusted options.
 * @throws BasicAnomalyDetectionConfigurationError `configuration-anomaly-detection-basic/invalid-options`
 */
export function parseBasicAnomalyDetectionOptions(input: unknown): ResolvedBasicAnomalyDetectionOptions {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const lines = issues.map(({ path, message }) => `${path || 'options'}: ${message}`)
  throw new BasicAnomalyDetectionConfigurationError(lines.join('; '), { issues })
}
