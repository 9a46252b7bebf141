export default { title: '每日对账' }
