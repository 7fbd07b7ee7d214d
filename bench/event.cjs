const { randomUUID } = require('node:crypto');

const TYPE = 'reporting.measurement.taken.v1';
const FILLING = 'x'.repeat(560);
const ID = randomUUID();
const TIME = new Date().toISOString();

/** What is sent by every variant: an envelope of 1 KiB with eight fields of data that ours has to validate. */
function envelopeOf(index) {
  return {
    specversion: '1.0',
    id: `${ID}-${index}`,
    source: '/idxcoop/reporting',
    type: TYPE,
    time: TIME,
    datacontenttype: 'application/json',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    partitionkey: ID,
    sequence: String(index + 1).padStart(12, '0'),
    data: {
      cooperativeId: ID,
      type: 'producer',
      form: 'primary',
      regionCode: '12.71.05.1003',
      effectiveOn: '2020-10-08',
      knownAt: TIME,
      index,
      filling: FILLING,
    },
  };
}

module.exports = { TYPE, envelopeOf };
