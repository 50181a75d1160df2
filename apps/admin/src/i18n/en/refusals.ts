import { REFUSALS } from '@waymark/domain';

/** The closed list of reasons why not, and the two that arise in the browser. */
export default {
  ...Object.fromEntries(Object.entries(REFUSALS).map(([code, { title }]) => [code, title])),
  offline: 'No connection to the server',
  unreadable: 'The answer of the server cannot be read',
  'signing-refused': 'Something speaks against signing this snapshot',
  'signing-questions-open': 'Answer what is unusual first',
};
