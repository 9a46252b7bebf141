export default { title: '口岸与密钥' }
