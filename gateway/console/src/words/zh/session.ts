export default {
  title: '登录',
  ended: '登录已失效，请重新登录；页面上已填写的内容仍在。',
  by: { password: '用户名和密码', token: '访问令牌' },
  name: '用户名',
  password: '密码',
  token: '访问令牌',
  tokenHint: '配置文件中某个客户端的令牌。',
  submit: '登录',
  locked: '尝试次数过多，请在 {seconds} 秒后再试。',
  codeRefused: '一次性登录码无效或已用过；请用其他方式登录。',
  roles: {
    viewer: '查看员',
    submitter: '申报员',
    operator: '操作员',
    approver: '审批员',
    admin: '管理员',
  },
}
