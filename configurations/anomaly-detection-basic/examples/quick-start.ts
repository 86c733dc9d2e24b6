import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { datasetFromRows } from '@nomaly/ai-anomaly-detection'
import { createBasicAnomalyDetectionConfiguration } from '@nomaly/configuration-anomaly-detection-basic'

const dataPath = await mkdtemp(join(tmpdir(), 'nomaly-'))
const configuration = createBasicAnomalyDetectionConfiguration({ dataPath })
const { detection, training, scoring } = configuration.createServices()

const rows = Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)])
rows[42] = [6, -6]
const dataset = datasetFromRows(rows, { features: ['pressure', 'flow'] })

const result = await detection.execute(dataset, { detector: 'ecod', contamination: 0.01 })
console.log(`row ${result.anomalies()[0]?.index} stands out`)

const model = await training.execute('pump', dataset, { detector: 'ecod', contamination: 0.01 })
const today = datasetFromRows(
  [
    [0.1, 0.2],
    [9, 9],
  ],
  { features: ['pressure', 'flow'] },
)
const scored = await scoring.execute({ name: 'pump' }, today)
console.log(`${model.name}@${model.version} says ${scored.predictions.join(', ')}`)

await configuration.close()
await rm(dataPath, { recursive: true })
