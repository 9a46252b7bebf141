export default { title: '批量重发' }
