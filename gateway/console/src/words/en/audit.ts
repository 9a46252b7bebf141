export default { title: 'Audit' }
