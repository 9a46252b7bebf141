export default {
  title: 'Joint tests',
  runs: 'Runs',
  noRuns:
    'There is no run yet; cebgate jointtest run carries a plan out, and the setting [console] joint_tests names the folder.',
  plan: 'Plan',
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Skipped',
  files: 'Files',
  file: { report: 'Report', evidence: 'Evidence', junit: 'JUnit XML' },
  plans: 'Plans',
  noPlans: 'No plan was found.',
}
