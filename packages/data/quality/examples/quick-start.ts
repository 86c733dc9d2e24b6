import { memoryEngine, recordsTable, validate } from '@nomaly/data-quality'

const orders = recordsTable([
  { id: 1, amount: 12.5, status: 'paid' },
  { id: 2, amount: -3, status: 'paid' },
  { id: 2, amount: null, status: 'open' },
])
const suite = {
  name: 'orders',
  expectations: [
    { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
    { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 } },
    { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'amount', rowCondition: "status = 'paid'" } },
  ],
}
const { results } = await validate(suite, memoryEngine(orders), { keyColumns: ['id'] })
for (const { expectation, success, result } of results) {
  console.log(success ? 'met  ' : 'unmet', expectation.type, JSON.stringify(result.partialUnexpectedIndexList ?? []))
}
