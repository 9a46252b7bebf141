export default { title: '更正' }
