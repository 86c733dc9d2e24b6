import { configureDetector, datasetFromRecords, detect } from '@nomaly/ai-anomaly-detection'

const readings = Array.from({ length: 200 }, (_, i) => ({
  temperature: 21 + Math.sin(i / 10),
  humidity: 45 + Math.cos(i / 7),
}))
readings.push({ temperature: 35, humidity: 45 })

// One call: fit a detector, score the same rows, cut the scores.
const dataset = datasetFromRecords(readings)
const result = detect(dataset, { detector: 'iforest', contamination: 0.01, seed: 1 })
for (const { index, score, features } of result.anomalies()) {
  console.log(`row ${index} scores ${score.toFixed(3)}; ${features[0]?.feature} stands out: ${features[0]?.value}`)
}

// Two steps: learn once, score other rows later. Higher scores are more anomalous.
const fitted = configureDetector('ecod').fit(dataset)
const later = datasetFromRecords([
  { temperature: 21, humidity: 45 },
  { temperature: 21, humidity: 80 },
])
console.log(fitted.score(later))
