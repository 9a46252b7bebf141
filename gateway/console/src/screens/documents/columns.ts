import { ref, watch } from 'vue'

export const columnNames = [
  'number',
  'type',
  'state',
  'stage',
  'outcome',
  'enterprise',
  'port',
  'version',
  'reason',
  'created_at',
  'key',
] as const
export type ColumnName = (typeof columnNames)[number]

const usual: ColumnName[] = [
  'number',
  'type',
  'state',
  'stage',
  'outcome',
  'enterprise',
  'port',
  'reason',
  'created_at',
]
const narrowPixels = 640
const usualOnNarrow: ColumnName[] = ['number', 'type', 'state', 'outcome', 'reason', 'created_at']
const place = 'cebgate.documents.columns'

function kept(): ColumnName[] {
  const names = (localStorage.getItem(place) ?? '').split(',')
  const known = columnNames.filter((name) => names.includes(name))
  return known.length > 0 ? known : window.innerWidth > narrowPixels ? usual : usualOnNarrow
}

/** As this browser was told last; the number is always there, since it is the way to the document. */
export const chosenColumns = ref<ColumnName[]>(kept())

watch(chosenColumns, (now) => localStorage.setItem(place, now.join(',')))

export function inOrder(names: readonly string[]): ColumnName[] {
  return columnNames.filter((name) => name === 'number' || names.includes(name))
}
