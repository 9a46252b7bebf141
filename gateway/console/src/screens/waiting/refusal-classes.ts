// Refusals by what is to be done about them: the classes with most documents first, and in each its commonest codes.
import type { RefusalGroup } from '@/api/refusals'

export interface RefusalClass {
  name: string // "" where nothing is known to be done
  count: number
  groups: RefusalGroup[]
}

export function byClass(groups: readonly RefusalGroup[]): RefusalClass[] {
  const classes = new Map<string, RefusalClass>()
  for (const group of groups) {
    const one = classes.get(group.class) ?? { name: group.class, count: 0, groups: [] }
    one.count += group.count
    one.groups.push(group)
    classes.set(group.class, one)
  }
  const sorted = [...classes.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
  for (const one of sorted) one.groups.sort((a, b) => b.count - a.count || a.code.localeCompare(b.code))
  return sorted
}
