export default { title: '待人工处理' }
