export default { title: 'Amend' }
