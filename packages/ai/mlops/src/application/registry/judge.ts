import type { GateEvidence } from '../../domain/registry/promotion.ts'
import type { GateContext, PromotionGate } from '../gates/gate.ts'

/** Every gate's evidence, in order: all are asked, so that one refusal does not hide another. */
export async function judge(
  gates: ReadonlyArray<PromotionGate>,
  context: GateContext,
): Promise<ReadonlyArray<GateEvidence>> {
  const found: GateEvidence[] = []
  for (const gate of gates) found.push(await ask(gate, context))
  return found
}

async function ask({ name, check }: PromotionGate, context: GateContext): Promise<GateEvidence> {
  try {
    const { passed, evidence } = await check(context)
    return { gate: name, passed, evidence }
  } catch (error) {
    // A gate that cannot answer must not let anything through; its reason is kept where the others' are.
    const text = error instanceof Error ? error.message : String(error)
    return { gate: name, passed: false, evidence: { error: text } }
  }
}
