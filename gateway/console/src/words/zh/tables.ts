export default { title: '代码表与知识库' }
