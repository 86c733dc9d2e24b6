import type { JSX } from 'preact'

import { Tabs } from '../../parts/tabs.tsx'
import { Checks } from './checks.tsx'
import { Suites } from './suites.tsx'

/** Checks and what they found; suites and ways to come by one. */
export function QualityPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  return (
    <>
      <p>A suite says what data should be like; a check says where a data set is otherwise.</p>
      <Tabs
        label="Quality"
        tabs={[
          { name: 'checks', title: 'Checks', show: () => <Checks query={query} /> },
          { name: 'suites', title: 'Suites', show: () => <Suites query={query} /> },
        ]}
      />
    </>
  )
}
