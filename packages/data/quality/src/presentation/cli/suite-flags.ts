import type { SuiteOrigin } from '../../application/suites/import-suite.ts'

/** The flags of `suite import`. */
export interface ImportFlags {
  readonly from?: SuiteOrigin
  readonly table?: string
  readonly types: boolean
  readonly output?: string
}

/** The flags of `suite export`. */
export interface ExportFlags {
  readonly to: 'json-schema' | 'odcs'
  readonly output?: string
}
