import type { Suite } from '@nomaly/data-quality'

const suite: Suite = {
  name: 'orders',
  expectations: [{ type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'id' } }],
}
console.log(`${suite.name}: ${suite.expectations.length} expectation`)
