import { checkText } from '../checks/text.ts'
import { planOf } from './plan.ts'
import type { StepContext, StepDefinition, StepOptions } from './step.ts'

/**
 * Steps and what they need of each other. `Outputs` is what each step answers, by name. Immutable: `step` answers a longer one.
 */
export class Pipeline<Outputs extends object> {
  readonly name: string
  /** Each after those it needs. */
  readonly steps: ReadonlyArray<StepDefinition>
  /** Only for the compiler. */
  declare readonly outputs?: Outputs

  /** @throws MlopsError `mlops/invalid-argument`, see `planOf` */
  constructor(name: string, steps: ReadonlyArray<StepDefinition>) {
    checkText('pipeline', name, 1, 250)
    this.name = name
    this.steps = planOf(name, steps)
  }

  /**
   * Adds a step that needs nothing.
   * @throws MlopsError `mlops/invalid-argument` for a bad or repeated name
   */
  step<Name extends string, Output>(
    name: Name,
    run: (context: StepContext<object>) => Output | Promise<Output>,
  ): Pipeline<Outputs & { readonly [K in Name]: Output }>
  /**
   * Adds a step with options; `inputs` has what the steps it needs have answered.
   * @throws MlopsError `mlops/invalid-argument` for a bad or repeated name, or a need that is no step
   */
  step<Name extends string, Output, Needs extends keyof Outputs & string = never>(
    name: Name,
    options: StepOptions<Needs>,
    run: (context: StepContext<Pick<Outputs, Needs>>) => Output | Promise<Output>,
  ): Pipeline<Outputs & { readonly [K in Name]: Output }>
  step(name: string, options: StepOptions | StepDefinition['run'], run?: StepDefinition['run']): Pipeline<object> {
    const step =
      typeof options === 'function' ? { name, run: options } : { ...options, name, run: run ?? (() => undefined) }
    return new Pipeline<object>(this.name, [...this.steps, step])
  }
}

/**
 * Begins a pipeline; `Input` is what it will be run with.
 * @throws MlopsError `mlops/invalid-argument` for a name of no or more than 250 characters
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- only the caller knows it
export function pipeline<Input = undefined>(name: string): Pipeline<{ readonly input: Input }> {
  return new Pipeline(name, [])
}
