import { memoryEngine, profileReport, profileTable, recordsTable } from '@nomaly/data-profiling'

const orders = Array.from({ length: 500 }, (_, i) => ({
  id: i,
  email: `customer${i % 90}@example.org`,
  amount: i % 10 === 0 ? null : 20 + 15 * Math.sin(i),
  country: ['DE', 'FR', 'PL'][i % 3],
}))

const profile = await profileTable({ engine: memoryEngine(recordsTable(orders)), now: Date.now }, { source: 'orders' })
for (const { name, type, nulls, distinct, semantic } of profile.columns) {
  console.log(name, type, `${nulls} missing`, `${distinct.value} different`, semantic[0]?.kind ?? '')
}
for (const { message, statistic, value, threshold } of profile.alerts) console.log(message, statistic, value, threshold)
console.log(profile.columns[1]?.top[0]) // { value: '•••', count: 6 }: personal data is masked

const page = profileReport(profile) // one page of HTML, to be written to a file or served
console.log(page.length)
