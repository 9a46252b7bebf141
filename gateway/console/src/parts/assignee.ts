export interface Assignee {
  kind: 'person' | 'erp' | 'nobody'
  name: string
}

export const noAssignee: Assignee = { kind: 'person', name: '' }

/** As the gateway takes it: a name, "erp", or null for nobody any more. */
export function assigneeName({ kind, name }: Assignee): string | null {
  if (kind === 'person') return name.trim()
  return kind === 'erp' ? 'erp' : null
}

export function isChosen(assignee: Assignee): boolean {
  return assignee.kind !== 'person' || assignee.name.trim() !== ''
}
