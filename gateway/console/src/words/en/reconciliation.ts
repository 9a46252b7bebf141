export default { title: 'Reconciliation' }
