import { cpuUsage } from 'node:process'

import type { Clock } from '../application/ports/clock.ts'

/** The machine's clocks, and the processor time of this process on all its threads. */
export const processClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  cpuMs: () => {
    const { user, system } = cpuUsage()
    return (user + system) / 1000
  },
}
