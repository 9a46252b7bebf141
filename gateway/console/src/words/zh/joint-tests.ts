export default { title: '联调测试' }
