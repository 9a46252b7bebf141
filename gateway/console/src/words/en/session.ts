export default {
  title: 'Sign in',
  ended: 'Your session has ended. Sign in again; what you typed is still on the page.',
  by: { password: 'Name and password', token: 'Token' },
  name: 'Name',
  password: 'Password',
  token: 'Token',
  tokenHint: 'The token of a client in the settings file.',
  submit: 'Sign in',
  locked: 'Too many tries; try again in {seconds} seconds.',
  codeRefused: 'The one-time code is wrong or was used; sign in another way.',
  roles: {
    viewer: 'Viewer',
    submitter: 'Submitter',
    operator: 'Operator',
    approver: 'Approver',
    admin: 'Administrator',
  },
}
