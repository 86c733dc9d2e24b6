import type { Command } from 'commander'

import type { DetectionCommandContext } from './command-context.ts'
import { addOutputFlags, type OutputFlags } from './flags.ts'

/** Adds `detectors [ID]`. */
export function addDetectorsCommand(program: Command, context: DetectionCommandContext): void {
  const command = program
    .command('detectors')
    .summary('list the detectors, their parameters and cost')
    .description(
      'Lists the detectors; with an id, tells all about one. Cost: n rows are learned from, m rows scored, d features. Those ' +
        'whose data are series are for detect --time; n points.',
    )
    .argument('[id]', 'a detector')
  addOutputFlags(command).action(async (id: string | undefined, flags: OutputFlags) => {
    const { listDetectors, showDetector } = await import('./run-detectors.ts')
    await (id === undefined ? listDetectors(flags, context) : showDetector(id, flags, context))
  })
}
