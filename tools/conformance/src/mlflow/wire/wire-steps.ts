import { experimentSteps } from './experiment-steps.ts'
import { historySteps } from './history-steps.ts'
import { logSteps } from './log-steps.ts'
import { loggedModelSteps } from './logged-model-steps.ts'
import { registrySteps } from './registry-steps.ts'
import { laterRunSteps, runSteps } from './run-steps.ts'
import type { WireStep } from './step.ts'

/** All steps, in the order in which they build on each other. */
export const wireSteps: ReadonlyArray<WireStep> = [
  ...experimentSteps,
  ...runSteps,
  ...logSteps,
  ...historySteps,
  ...laterRunSteps,
  ...registrySteps,
  ...loggedModelSteps,
]
