/** How records are written. */
export type OutputFormat = 'table' | 'csv' | 'json' | 'jsonl'
