export default {
  title: '联调测试',
  runs: '运行记录',
  noRuns: '还没有运行记录；用 cebgate jointtest run 运行计划，并在配置 [console] joint_tests 中给出其目录。',
  plan: '计划',
  passed: '通过',
  failed: '失败',
  skipped: '跳过',
  files: '结果文件',
  file: { report: '报告', evidence: '证据包', junit: 'JUnit XML' },
  plans: '计划',
  noPlans: '没有找到计划。',
}
