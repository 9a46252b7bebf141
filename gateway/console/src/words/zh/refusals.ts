export default { title: '批量更正' }
