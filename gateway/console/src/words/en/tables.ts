export default { title: 'Tables and knowledge' }
