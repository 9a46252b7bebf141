export default { title: 'Waiting for a person' }
