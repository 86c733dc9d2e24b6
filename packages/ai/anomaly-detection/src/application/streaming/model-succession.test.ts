import { describe, expect, it } from 'vitest'

import { randomStream } from '../../domain/numeric/random-stream.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { SampleWindow } from '../../domain/streaming/window/sample-window.ts'
import { streamDetectors } from './catalogue/stream-catalogue.ts'
import { ModelSuccession, type SuccessionStep } from './model-succession.ts'
import { ScoringModel } from './scoring-model.ts'
import type { DriftPolicy } from './streaming-options.ts'

const TRIAL = 200

/** A model that has learned what varies about a level; the stream will vary about 0. */
function modelOf(level: number, generation: number): ScoringModel {
  const normal = standardNormal(randomStream(generation).next)
  const model = new ScoringModel(streamDetectors.create('z-score', {}, { columns: 1, seed: 0 }), undefined, generation)
  for (let i = 0; i < 5000; i++) model.judgeThenLearn([level + normal()], Number.NaN)
  return model
}

/** Runs a succession to its end; answers its steps and the model in service after it. */
function ended(
  policy: Exclude<DriftPolicy, 'alert'>,
  incumbentLevel: number,
  candidateLevel: number,
): { readonly steps: ReadonlyArray<SuccessionStep>; readonly serving: number; readonly samples: number } {
  const normal = standardNormal(randomStream(9).next)
  const window = new SampleWindow(300, 1)
  let serving = modelOf(incumbentLevel, 1)
  const rules = { policy, trial: TRIAL, fewest: 1, columns: 1, seed: 5 }
  let succession = new ModelSuccession(rules, modelOf(candidateLevel, 2))
  const steps: SuccessionStep[] = []
  let samples = 0
  for (; !succession.isOver && samples < 1000; samples++) {
    const sample = Float64Array.of(normal())
    succession.before(sample, Number.NaN, serving, window)
    serving.judgeThenLearn(sample, Number.NaN)
    window.push(sample, samples)
    const step = succession.after(sample, Number.NaN, serving, (next) => {
      const before = serving
      serving = next
      return before
    })
    if (step !== 'none') steps.push(step)
    if (samples !== 100 || succession.isOver) continue
    const { other, trial } = JSON.parse(JSON.stringify(succession)) as ReturnType<ModelSuccession['toJSON']>
    succession = new ModelSuccession(
      rules,
      new ScoringModel(streamDetectors.restore(other.detector), undefined, other.generation),
      trial,
    )
  }
  return { steps, serving: serving.generation, samples }
}

// A model of another level takes what lies on its side of the stream for more normal than the stream itself.
describe('a new model', () => {
  it.each([
    ['retrain', 30, 0, ['promoted'], 2, 1],
    ['switch', 30, 0, ['trained', 'promoted'], 2, TRIAL + 1],
    ['switch', 0, 30, ['trained'], 1, TRIAL + 1],
    ['roll-back', 30, 0, ['promoted'], 2, TRIAL + 1],
    ['roll-back', 0, 30, ['promoted', 'restored'], 1, TRIAL + 1],
  ] as const)(
    'with %s, of an old one about %d and a new one about %d: %j',
    (policy, old, young, steps, serving, samples) => {
      expect(ended(policy, old, young)).toEqual({ steps, serving, samples })
    },
  )
})
