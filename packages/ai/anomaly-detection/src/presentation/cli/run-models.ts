import type { ModelSummary } from '../../application/ports/model-repository.ts'
import type { ModelChoice } from '../../application/score-with-model.ts'
import type { Model } from '../../domain/model.ts'
import { chosenModel, unknownModel } from './chosen-model.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { OutputFlags } from './flags.ts'
import { allModels, oneModel } from './registered-models.ts'

const PARTIAL = 4

/** Runs `models list`. */
export async function listModels({ format, output }: OutputFlags, context: DetectionCommandContext): Promise<void> {
  const models = await (await context.models()).list()
  const registered = (await context.registeredModels?.()) ?? []
  await context.print(allModels(models, registered), { format, file: output })
  if (models.length + registered.length === 0) context.note('there is no model yet; fit makes one', 'summary')
}

/** Runs `models show MODEL`. */
export async function showModel(
  choice: ModelChoice,
  { format, output }: OutputFlags,
  context: DetectionCommandContext,
): Promise<void> {
  const models = await context.models()
  const registered = (await context.registeredModels?.(choice)) ?? []
  const kept = await models.find(choice.name, choice.version)
  if (kept === undefined && registered.length === 0) {
    const others = (await context.registeredModels?.()) ?? []
    throw unknownModel(choice, [...(await models.list()), ...others])
  }
  await context.print(oneModel(kept && withoutState(kept), registered), { format, file: output })
}

function withoutState({ state: _, ...model }: Model): ModelSummary {
  return model
}

/** Runs `models remove MODEL...`. */
export async function removeModels(
  choices: ReadonlyArray<ModelChoice>,
  { format, output }: OutputFlags,
  context: DetectionCommandContext,
): Promise<void> {
  const models = await context.models()
  if (choices.length === 1 && choices[0] !== undefined) await chosenModel(models, choices[0])
  const rows: Array<ReadonlyArray<unknown>> = []
  for (const { name, version } of choices) {
    const wanted = version === undefined ? name : `${name}@${version}`
    const removed = await models.remove(name, version)
    rows.push([wanted, removed])
    if (removed > 0) continue
    context.note(`there is no model '${wanted}'`, 'warning')
    context.exitWith(PARTIAL)
  }
  await context.print(
    {
      columns: [
        { name: 'model', kind: 'text' },
        { name: 'removed', kind: 'integer' },
      ],
      rows,
    },
    { format, file: output },
  )
}
