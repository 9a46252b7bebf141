export default {
  title: '退单归类',
  what: '已退单的单证按原因归类：是什么、怎么办、交给谁。',
  none: '没有已退单的单证。',
  more: '退单很多：这里只归类了最近的一部分；可按企业、口岸或时间缩小范围。',
  filter: '选择退单',
  by: { title: '归类方式', code: '按代码', goods: '按代码和商品' },
  count: '{n} 份',
  goods: '商品：',
  assigned: '{name} 经办 {n} 份',
  examples: '例如：',
  assign: { title: '全部指派…', done: '已指派 {n} 份，{failed} 份未成。' },
  documents: '查看这些单证',
}
