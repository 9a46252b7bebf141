export default { title: 'Joint tests' }
