import type { DetectionUseCases, DetectionWork } from './detection-work.ts'

/** The work of the commands, done where it is called; loads what it needs. */
export async function startDetectionWork(useCases: DetectionUseCases): Promise<DetectionWork> {
  const { createDetectionWork } = await import('./detection-work.ts')
  return createDetectionWork(useCases)
}
