export default { title: 'Ports and keys' }
