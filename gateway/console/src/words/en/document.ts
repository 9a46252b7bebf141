export default { title: 'Document' }
