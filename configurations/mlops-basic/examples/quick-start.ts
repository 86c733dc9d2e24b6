import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { metricAtLeast } from '@nomaly/ai-mlops'
import { createBasicMlopsConfiguration } from '@nomaly/configuration-mlops-basic'

const dataPath = await mkdtemp(join(tmpdir(), 'nomaly-'))
const configuration = createBasicMlopsConfiguration({ dataPath })
const { experimentTracker, modelRegistry } = configuration.createServices()

const run = await experimentTracker.startRun({ experiment: 'fraud', name: 'first' })
run.logParams({ algorithm: 'iforest', trees: 100 })
run.logMetric('auc', 0.93)
const { id } = await run.logModel({ name: 'forest', files: { 'model.json': '{"trees":100}' } })
await run.end()

const version = await modelRegistry.register({ name: 'fraud', modelId: id })
await modelRegistry.promote(version, 'champion', [metricAtLeast('auc', 0.9)], { by: 'ci' })

const { items } = await experimentTracker.searchRuns({ filter: 'metrics.auc > 0.9' })
console.log(items.map(({ name, status, metrics }) => `${name} ${status} ${metrics['auc']?.value}`).join('\n'))
const champion = await modelRegistry.version('fraud@champion')
console.log(`the champion is ${champion.name}/${champion.version}`)

await configuration.close()
await rm(dataPath, { recursive: true })
