export default { title: 'Set right' }
