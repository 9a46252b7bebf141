export default { title: '单证详情' }
