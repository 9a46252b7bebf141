export default { title: 'Overview' }
