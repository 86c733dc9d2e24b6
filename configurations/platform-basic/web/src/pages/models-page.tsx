import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import type { Model } from '../api/types.ts'
import { Answered, Failure, textOf, useAnswer } from '../api/use-answer.tsx'
import { numberText, timeText } from '../numbers.ts'

/** Every version of every kept model. */
export function ModelsPage(): JSX.Element {
  const [round, setRound] = useState(0)
  const [why, setWhy] = useState<string>()
  const answer = useAnswer(`models ${round}`, (signal) =>
    ask<{ readonly items: ReadonlyArray<Model> }>('/api/v1/models', { signal }),
  )
  const remove = async ({ name, version }: Model): Promise<void> => {
    if (!confirm(`Delete version ${version} of ${name} for good?`)) return
    await ask(`/api/v1/models/${encodeURIComponent(name)}/versions/${version}`, { method: 'DELETE' }).then(
      () => setRound(round + 1),
      (error: unknown) => setWhy(textOf(error)),
    )
  }
  return (
    <>
      {why !== undefined && <Failure why={why} />}
      <Answered of={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <p>
              There are none yet. Find anomalies in a data set, and keep the detector from the page that shows them.
            </p>
          ) : (
            <div class="scroll" tabIndex={0} role="region" aria-label="Models">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Model</th>
                    <th scope="col">Version</th>
                    <th scope="col">Detector</th>
                    <th scope="col">Columns</th>
                    <th scope="col">Threshold</th>
                    <th scope="col">Trained</th>
                    <th scope="col">
                      <span class="hidden">Actions</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((model) => (
                    <tr key={`${model.name} ${model.version}`}>
                      <td>{model.name}</td>
                      <td>{model.version}</td>
                      <td>{model.algorithm}</td>
                      <td>{model.features.join(', ')}</td>
                      <td>{numberText(model.threshold)}</td>
                      <td>{timeText(model.createdAt)}</td>
                      <td>
                        <button
                          type="button"
                          class="quiet"
                          aria-label={`Delete version ${model.version} of ${model.name}`}
                          onClick={() => void remove(model)}
                        >
                          Delete
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answered>
    </>
  )
}
