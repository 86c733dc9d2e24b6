// A set-up file of vitest: properties are tried on the same cases each time. Other cases: NOMALY_SEED=7.
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env['NOMALY_SEED'] ?? 1) })
