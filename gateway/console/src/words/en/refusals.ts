export default {
  title: 'Refusals',
  what: 'Refused documents in groups of one cause: what it is, what to do, whose it is.',
  none: 'No document is refused.',
  more: 'There are many: only the newest were grouped; choose an enterprise, a port or a time to see others.',
  filter: 'Choose refusals',
  by: { title: 'Grouped', code: 'by code', goods: 'by code and goods' },
  count: '{n} documents',
  goods: 'Goods:',
  assigned: '{name} has {n}',
  examples: 'For example:',
  assign: { title: 'Assign all…', done: '{n} assigned, {failed} were not.' },
  documents: 'Show these documents',
}
