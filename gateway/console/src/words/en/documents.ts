export default { title: 'Documents' }
