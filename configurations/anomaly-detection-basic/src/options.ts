import { z } from 'zod'

/** What the configuration can be told. */
export interface BasicAnomalyDetectionOptions {
  /** The folder that everything is kept under; models lie in its subfolder `models`. Made when first needed. */
  readonly dataPath: string
}

const schema = z.strictObject({
  dataPath: z.string().min(1, 'must name a folder'),
}) satisfies z.ZodType<BasicAnomalyDetectionOptions>

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
export function parseBasicAnomalyDetectionOptions(input: unknown): BasicAnomalyDetectionOptions {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const lines = issues.map(({ path, message }) => `${path || 'options'}: ${message}`)
  throw new BasicAnomalyDetectionConfigurationError(lines.join('; '), { issues })
}
