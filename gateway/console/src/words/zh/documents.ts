export default { title: '单证' }
