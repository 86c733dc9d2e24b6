import type { Expectation, Suite } from '@nomaly/data-quality'
import type { JSX } from 'preact'

import { ask, askText } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { timeText } from '../../numbers.ts'
import { addressOf, changeQuery } from '../../place.ts'
import { CheckForm } from './check-form.tsx'
import { argumentsOf, subjectOf, wordsOf } from './quality.ts'
import { SuiteEditor } from './suite-editor.tsx'

const NEW = `name: orders
expectations:
  - type: expectColumnValuesToNotBeNull
    kwargs:
      column: id
  - type: expectColumnValuesToBeBetween
    kwargs:
      column: amount
      minValue: 0
`

interface Versions {
  readonly versions: ReadonlyArray<{ readonly version: number; readonly savedAt: number }>
}

/** A suite, to be read, changed and checked by; without a name a new one. */
export function SuitePage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const name = query.get('name')
  if (name === null) return <SuiteEditor key="new" text={NEW} />
  return <KeptSuite key={name} name={name} query={query} />
}

function KeptSuite({ name, query }: { readonly name: string; readonly query: URLSearchParams }): JSX.Element {
  const path = `/api/v1/quality/suites/${encodeURIComponent(name)}`
  const version = query.get('version') ?? ''
  const wanted = version === '' ? '' : `&version=${encodeURIComponent(version)}`
  const yaml = `${path}?format=yaml${wanted}`
  const answer = useAnswer(yaml, (signal) => askText(yaml, { signal }))
  return (
    <>
      <h2>{name}</h2>
      <h3>Check a data set by it</h3>
      <CheckForm query={query} suites={[name]} />
      <h3>What it says</h3>
      <Said key={query.get('saved')} path={path} wanted={wanted} />
      <h3>Change it</h3>
      <Answered of={answer}>{(text) => <SuiteEditor name={name} text={text} />}</Answered>
      <p>
        <a href={yaml} download={`${name}.yml`}>
          Download it
        </a>{' '}
        for <code>nomaly check FILE --suite {name}.yml</code>, or go{' '}
        <a href={addressOf('quality', { tab: 'suites' })}>to all suites</a>.
      </p>
    </>
  )
}

function Said({ path, wanted }: { readonly path: string; readonly wanted: string }): JSX.Element {
  const answer = useAnswer(`${path} ${wanted}`, async (signal) => {
    const [kept, { versions }] = await Promise.all([
      ask<{ readonly suite: Suite; readonly version: number }>(`${path}?format=json${wanted}`, { signal }),
      ask<Versions>(`${path}/versions`, { signal }),
    ])
    return { ...kept, versions }
  })
  return (
    <Answered of={answer}>
      {({ suite, version, versions }) => (
        <>
          <label>
            Version
            <select value={version} onChange={({ currentTarget: { value } }) => changeQuery({ version: value })}>
              {versions.map((one) => (
                <option key={one.version} value={one.version}>
                  {one.version}, {timeText(one.savedAt)}
                </option>
              ))}
            </select>
          </label>
          <ExpectationList expectations={suite.expectations} />
        </>
      )}
    </Answered>
  )
}

function ExpectationList({ expectations }: { readonly expectations: ReadonlyArray<Expectation> }): JSX.Element {
  return (
    <ol>
      {expectations.map((one, index) => (
        <li key={index} class="wrapped">
          <strong>{subjectOf(one)}</strong> {wordsOf(one.type)} <em>{argumentsOf(one)}</em>
        </li>
      ))}
    </ol>
  )
}
